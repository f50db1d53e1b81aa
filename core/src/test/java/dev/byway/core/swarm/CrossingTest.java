package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two devices of one site and one of another that holds everything: each piece crosses the site's line once. */
class CrossingTest {
    private static final SourceId NEIGHBOUR = new SourceId(1);
    private static final SourceId ELSEWHERE = new SourceId(2);
    private static final DeviceId ONE = device(1);
    private static final DeviceId OTHER = device(2);
    private static final Duration LEASE = Duration.ofSeconds(6);

    private PieceLayer layer = layer(24);
    private Moment now = Moment.ZERO;

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }

    private static PieceLayer layer(int pieces) {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.SKIPPED);
        hasher.update(new byte[pieces << 20], 0, pieces << 20);
        return hasher.finish().layer();
    }

    private PieceSet all() {
        return PieceSet.all(layer.layout().pieceCount());
    }

    private PieceSet none() {
        return PieceSet.none(layer.layout().pieceCount());
    }

    private Download of(DeviceId self) {
        return new Download(layer, none(), self, true, Tuning.DEFAULT, now);
    }

    private List<DownloadEffect> tell(Download download, DownloadEvent... events) {
        List<DownloadEffect> effects = new ArrayList<>();
        Stream.of(events).forEach(event -> effects.addAll(download.handle(event, now)));
        return effects;
    }

    private static DownloadEvent joined(SourceId source, SourceKind kind, DeviceId device) {
        return new DownloadEvent.Joined(
                source, SourceInfo.peer(kind, device, "d" + source.number(), "d" + source.number()));
    }

    private List<DownloadEffect> meetNeighbour(Download download, DeviceId device, PieceSet held, boolean wants) {
        return tell(
                download,
                joined(NEIGHBOUR, SourceKind.LAN, device),
                new DownloadEvent.Holds(NEIGHBOUR, held),
                new DownloadEvent.Wants(NEIGHBOUR, wants));
    }

    private List<DownloadEffect> meetElsewhere(Download download) {
        return tell(
                download, joined(ELSEWHERE, SourceKind.INTERNET, device(3)), new DownloadEvent.Holds(ELSEWHERE, all()));
    }

    private List<Integer> askedOf(List<DownloadEffect> effects, SourceId source) {
        return effects.stream()
                .filter(effect -> effect instanceof DownloadEffect.Fetch fetch
                        && fetch.source().equals(source))
                .map(effect -> layer.layout()
                        .pieceAt(((DownloadEffect.Fetch) effect).range().offset()))
                .toList();
    }

    @Test
    void twoOfOneSiteAskForDifferentPiecesWithoutAWord() {
        Download one = of(ONE);
        meetNeighbour(one, OTHER, none(), true);
        Download other = of(OTHER);
        meetNeighbour(other, ONE, none(), true);
        List<Integer> asked = askedOf(meetElsewhere(one), ELSEWHERE);
        assertThat(asked).isNotEmpty().hasSizeLessThanOrEqualTo(2);
        assertThat(askedOf(meetElsewhere(other), ELSEWHERE)).isNotEmpty().doesNotContainAnyElementsOf(asked);
    }

    @Test
    void theSiteHearsOfItAndNobodyElse() {
        Download one = of(ONE);
        meetNeighbour(one, OTHER, none(), true);
        List<DownloadEffect> effects = meetElsewhere(one);
        assertThat(effects)
                .filteredOn(effect -> effect instanceof DownloadEffect.TellIntent)
                .hasSameSizeAs(askedOf(effects, ELSEWHERE))
                .allMatch(effect -> ((DownloadEffect.TellIntent) effect).peer().equals(NEIGHBOUR));
    }

    @Test
    void whatANeighbourSaysItFetchesIsLeftToItAlsoWhenAnotherSiteComesToHoldIt() {
        Download one = of(ONE);
        meetNeighbour(one, OTHER, none(), true);
        List<Integer> asked = askedOf(meetElsewhere(one), ELSEWHERE);

        Download again = of(ONE);
        meetNeighbour(again, OTHER, none(), true);
        asked.forEach(piece -> tell(again, new DownloadEvent.IntentHeard(NEIGHBOUR, piece, LEASE, false)));
        assertThat(askedOf(meetElsewhere(again), ELSEWHERE)).isNotEmpty().doesNotContainAnyElementsOf(asked);
    }

    @Test
    void whatANeighbourHoldsDoesNotCross() {
        Download one = of(ONE);
        meetNeighbour(one, OTHER, all(), false);
        assertThat(askedOf(meetElsewhere(one), ELSEWHERE)).isEmpty();
    }

    private Download whereANeighbourClaimsBothPieces() {
        layer = layer(2);
        Download one = of(ONE);
        meetNeighbour(one, OTHER, none(), true);
        assertThat(askedOf(meetElsewhere(one), ELSEWHERE)).isNotEmpty();

        Download other = of(ONE);
        meetNeighbour(other, OTHER, none(), true);
        claim(other, LEASE);
        assertThat(askedOf(meetElsewhere(other), ELSEWHERE)).isEmpty();
        return other;
    }

    private List<DownloadEffect> claim(Download download, Duration lease) {
        return tell(
                download,
                new DownloadEvent.IntentHeard(NEIGHBOUR, 0, lease, false),
                new DownloadEvent.IntentHeard(NEIGHBOUR, 1, lease, false));
    }

    @Test
    void aNeighbourThatTakesItsWordBackLeavesThePiecesToUs() {
        Download one = whereANeighbourClaimsBothPieces();
        assertThat(askedOf(claim(one, Duration.ZERO), ELSEWHERE)).isNotEmpty();
    }

    @Test
    void aNeighbourThatComesHearsWhatIsOnItsWayAlready() {
        Download one = of(ONE);
        List<Integer> asked = askedOf(meetElsewhere(one), ELSEWHERE);
        assertThat(meetNeighbour(one, OTHER, none(), true))
                .filteredOn(effect -> effect instanceof DownloadEffect.TellIntent)
                .extracting(effect -> ((DownloadEffect.TellIntent) effect).piece())
                .containsAll(asked);
    }

    /** All of them share one line, so that another one would not be faster; but who is quiet is replaced. */
    @Test
    void anIdlePeerOfAnotherSiteTakesOverFromAQuietOneAlone() {
        layer = layer(1);
        Download one = of(ONE);
        TransferId transfer = transferOf(meetElsewhere(one));
        SourceId idle = new SourceId(3);
        now = now.plus(Duration.ofMillis(500));
        tell(one, new DownloadEvent.Arrived(transfer, List.of(Digest.sha256(new byte[0]))));
        now = now.plus(Duration.ofMillis(900));
        List<DownloadEffect> slow =
                tell(one, joined(idle, SourceKind.INTERNET, device(4)), new DownloadEvent.Holds(idle, all()));
        assertThat(askedOf(slow, idle)).isEmpty();
        now = now.plus(Duration.ofMillis(200));
        assertThat(askedOf(tell(one, new DownloadEvent.Tick()), idle)).containsExactly(0);
    }

    private static TransferId transferOf(List<DownloadEffect> effects) {
        return effects.stream()
                .filter(DownloadEffect.Fetch.class::isInstance)
                .map(effect -> ((DownloadEffect.Fetch) effect).transfer())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNeighbourThatClaimsAndDoesNotFetchCostsALease() {
        Download one = whereANeighbourClaimsBothPieces();
        now = now.plus(LEASE);
        assertThat(askedOf(tell(one, new DownloadEvent.Tick()), ELSEWHERE)).isNotEmpty();
    }

    @Test
    void aloneInItsSiteItAsksWithoutTurnsAndTellsNobody() {
        Download one = of(ONE);
        List<DownloadEffect> effects = meetElsewhere(one);
        assertThat(askedOf(effects, ELSEWHERE)).isNotEmpty();
        assertThat(effects).noneMatch(effect -> effect instanceof DownloadEffect.TellIntent);
    }
}
