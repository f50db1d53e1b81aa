package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single decisions of a download; the {@code sim} module proves how they work together. */
class DownloadTest {
    private static final SourceId ORIGIN = new SourceId(1);
    private static final int PIECE = 1 << 20;

    private final byte[] content = content();
    private final PieceLayer layer = layer(content);
    private Moment now = Moment.ZERO;

    @Test
    void aloneItAsksForEverythingInOneRequest() {
        Download download = download(false);
        List<DownloadEffect> effects = join(download, ORIGIN);
        assertThat(fetch(effects).range()).isEqualTo(new ByteRange(0, content.length));
    }

    @Test
    void wordOfNeighboursBeforeTheOriginIsKnownDoesNotEndIt() {
        Download download = download(true);
        download.handle(new DownloadEvent.Expecting(2, 0, false), now);
        download.handle(new DownloadEvent.Tick(), now);
        assertThat(download.isOver()).isFalse();
    }

    @Test
    void nothingIsWaitedForWhereNobodyMayCome() {
        Download download = download(true);
        join(download, ORIGIN);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 0, false), now))
                .anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void whoeverIsLinkedHasTimeToAnswerAndNoLonger() {
        Download download = download(true);
        join(download, ORIGIN);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 2, false), now))
                .noneMatch(e -> e instanceof DownloadEffect.Fetch);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 1, false), now))
                .noneMatch(e -> e instanceof DownloadEffect.Fetch);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 0, false), now))
                .anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void aPeerThatAnsweredHasAMomentToSayWhatItHolds() {
        Download download = download(true);
        join(download, ORIGIN);
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {7}));
        SourceInfo peer = SourceInfo.peer(SourceKind.LAN, device, "peer", "peer");
        download.handle(new DownloadEvent.Joined(new SourceId(2), peer), now);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 0, false), now))
                .noneMatch(e -> e instanceof DownloadEffect.Fetch);
        now = now.plus(Tuning.DEFAULT.word());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void theCoordinatorHasItsTimeToAnswer() {
        Download download = download(true);
        join(download, ORIGIN);
        download.handle(new DownloadEvent.Expecting(0, 0, true), now);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).noneMatch(e -> e instanceof DownloadEffect.Fetch);
        assertThat(download.handle(new DownloadEvent.Expecting(0, 0, false), now))
                .anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void neighboursHaveTimeToTurnUpBeforeTheOriginIsAsked() {
        Download download = download(true);
        assertThat(join(download, ORIGIN)).noneMatch(e -> e instanceof DownloadEffect.Fetch);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).anyMatch(e -> e instanceof DownloadEffect.Fetch);
        assertThat(download.waits())
                .extracting(Reason::detail)
                .containsExactly("0.3 s for neighbours to say what they hold");
    }

    @Test
    void aNeighbourWhosePolicyForbidsItIsNotWaitedFor() {
        SourceId peer = new SourceId(2);
        Download download = download(true);
        join(download, ORIGIN);
        download.handle(
                new DownloadEvent.Joined(
                        peer,
                        SourceInfo.peer(
                                SourceKind.LAN,
                                new DeviceId(Digest.sha256(new byte[] {7})),
                                "10.0.0.7:7680",
                                "10.0.0.7")),
                now);
        PieceSet all = PieceSet.none(layer.layout().pieceCount());
        all.add(0, layer.layout().pieceCount());
        List<DownloadEffect> asked = download.handle(new DownloadEvent.Holds(peer, all), now);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(download.handle(new DownloadEvent.Tick(), now))
                .noneMatch(
                        e -> e instanceof DownloadEffect.Fetch f && f.source().equals(ORIGIN));
        TransferId transfer = fetch(asked).transfer();
        assertThat(download.handle(new DownloadEvent.Ended(transfer, new Ending.Declined()), now))
                .anyMatch(e -> e instanceof DownloadEffect.Fetch f && f.source().equals(ORIGIN));
    }

    @Test
    void everyPieceIsCommittedOnlyWhenProved() {
        Download download = download(false);
        TransferId transfer = fetch(join(download, ORIGIN)).transfer();
        assertThat(download.handle(new DownloadEvent.Arrived(transfer, leaves(content, 0, PIECE)), now))
                .contains(new DownloadEffect.Commit(0));
        byte[] wrong = new byte[PIECE];
        assertThat(download.handle(new DownloadEvent.Arrived(transfer, leaves(wrong, 0, PIECE)), now))
                .noneMatch(e -> e instanceof DownloadEffect.Commit)
                .anyMatch(e -> e instanceof DownloadEffect.Explain(SourceId s, String name, ReasonCode code, String d)
                        && code == ReasonCode.CHANGED_AT_ORIGIN);
        assertThat(download.held().count()).isEqualTo(1);
    }

    @Test
    void whoHoldsAPieceNeedNotHearOfItUntilItHoldsItNoMore() {
        Download download = download(true);
        SourceId peer = lacking(download, 7);
        PieceSet first = PieceSet.none(layer.layout().pieceCount());
        first.add(0);
        TransferId transfer = fetch(download.handle(new DownloadEvent.Holds(peer, first), now))
                .transfer();
        assertThat(download.handle(new DownloadEvent.Arrived(transfer, leaves(content, 0, PIECE)), now))
                .contains(new DownloadEffect.Commit(0));
        assertThat(download.isHeldBy(peer, 0)).isTrue();
        assertThat(download.isHeldBy(peer, 1)).isFalse();
        assertThat(download.handle(new DownloadEvent.Holds(peer, PieceSet.none(first.size())), now))
                .contains(new DownloadEffect.TellHave(peer, 0, 1));
        assertThat(download.isHeldBy(peer, 0)).isFalse();
    }

    @Test
    void anOriginThatRefusesForGoodEndsItWhenNobodyElseHasAnything() {
        Download download = download(false);
        now = now.plus(Duration.ofSeconds(10));
        TransferId transfer = fetch(join(download, ORIGIN)).transfer();
        assertThat(download.handle(new DownloadEvent.Ended(transfer, new Ending.Refused("404")), now))
                .anyMatch(e -> e instanceof DownloadEffect.Failed);
        assertThat(download.isOver()).isTrue();
    }

    @Test
    void whatANeighbourHoldsIsNotAskedOfTheOrigin() {
        Download download = download(true);
        SourceId peer = new SourceId(2);
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {7}));
        download.handle(new DownloadEvent.Joined(peer, SourceInfo.peer(SourceKind.LAN, device, "peer", "peer")), now);
        List<DownloadEffect> effects = download.handle(
                new DownloadEvent.Holds(peer, PieceSet.all(layer.layout().pieceCount())), now);
        assertThat(fetch(effects).source()).isEqualTo(peer);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(join(download, ORIGIN))
                .noneMatch(
                        e -> e instanceof DownloadEffect.Fetch f && f.source().equals(ORIGIN));
    }

    @Test
    void blocksOfASourceThatLeftAreCountedWhenTheirPieceIsProved() {
        Download download = download(false);
        TransferId first = fetch(join(download, ORIGIN)).transfer();
        download.handle(new DownloadEvent.Arrived(first, leaves(content, 0, PIECE / 2)), now);
        SourceId other = new SourceId(2);
        join(download, other);
        List<DownloadEffect> effects = download.handle(new DownloadEvent.Left(ORIGIN, "gone"), now);
        DownloadEffect.Fetch rest = fetch(effects);
        assertThat(rest.range().offset()).isEqualTo(PIECE / 2);
        download.handle(new DownloadEvent.Arrived(rest.transfer(), leaves(content, PIECE / 2, PIECE / 2)), now);
        assertThat(download.held().has(0)).isTrue();
        assertThat(download.report()).extracting(SourceReport::verified).containsExactly(PIECE / 2L, PIECE / 2L);
    }

    @Test
    void nothingIsTakenOfWhatASourceSentBehindThatForWhichItIsBanned() {
        Download download = download(false);
        TransferId transfer = fetch(join(download, ORIGIN)).transfer();
        byte[] wrong = new byte[content.length];
        assertThat(download.handle(new DownloadEvent.Arrived(transfer, leaves(wrong, 0, content.length)), now))
                .contains(new DownloadEffect.Ban(ORIGIN));
        assertThat(fetch(join(download, new SourceId(2))).range()).isEqualTo(new ByteRange(0, content.length));
    }

    @Test
    void aDeviceMetOverTwoLinksIsOneNeighbour() {
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {7}));
        SourceInfo first = SourceInfo.peer(SourceKind.LAN, device, "10.0.0.7:7680", "");
        SourceInfo second = SourceInfo.peer(SourceKind.LAN, device, "10.0.0.7:49152", "");
        Accounts accounts = SourceReport.accounts(List.of(
                new SourceReport(new SourceId(1), SourceInfo.origin("origin"), 5, 0, 0, Optional.empty()),
                new SourceReport(new SourceId(2), first, 10, 1, 0, Optional.empty()),
                new SourceReport(new SourceId(3), second, 20, 0, 0, Optional.empty())));
        assertThat(accounts.peers()).isEqualTo(1);
        assertThat(accounts.contributions())
                .containsExactly(
                        new Contribution(new Contributor(SourceKind.ORIGIN, "origin"), 5, 0),
                        new Contribution(new Contributor(SourceKind.LAN, "10.0.0.7:7680"), 30, 1));
    }

    @Test
    void whoGivesNothingFetchesWhatNobodyElseDoes() {
        Download download = download(true);
        join(download, ORIGIN);
        lacking(download, 7);
        download.handle(new DownloadEvent.Withheld(new SourceId(7), true), now);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).noneMatch(e -> e instanceof DownloadEffect.Fetch);
        now = now.plus(Tuning.DEFAULT.turn().multipliedBy(2));
        assertThat(download.handle(new DownloadEvent.Tick(), now)).noneMatch(e -> e instanceof DownloadEffect.Fetch);
        now = now.plus(Tuning.DEFAULT.turn());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void whoGivesSomebodySomethingIsOfTheCrew() {
        Download download = download(true);
        join(download, ORIGIN);
        lacking(download, 7);
        lacking(download, 8);
        download.handle(new DownloadEvent.Withheld(new SourceId(7), true), now);
        now = now.plus(Tuning.DEFAULT.meeting());
        assertThat(download.handle(new DownloadEvent.Tick(), now)).anyMatch(e -> e instanceof DownloadEffect.Fetch);
    }

    @Test
    void aNeighbourThatGivesNothingIsNotWaitedForAndHearsWhatIsFetched() {
        Download download = download(true);
        join(download, ORIGIN);
        SourceId peer = lacking(download, 7);
        download.handle(new DownloadEvent.Refuses(peer, true), now);
        for (int piece = 0; piece < layer.layout().pieceCount(); piece++) {
            download.handle(new DownloadEvent.IntentHeard(peer, piece, Duration.ofSeconds(3), false), now);
        }
        now = now.plus(Tuning.DEFAULT.meeting());
        List<DownloadEffect> effects = download.handle(new DownloadEvent.Tick(), now);
        int piece = layer.layout().pieceAt(fetch(effects).range().offset());
        assertThat(effects)
                .anyMatch(e -> e instanceof DownloadEffect.TellIntent told
                        && told.peer().equals(peer)
                        && told.piece() == piece);
    }

    private SourceId lacking(Download download, int number) {
        SourceId peer = new SourceId(number);
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {(byte) number}));
        SourceInfo info = SourceInfo.peer(SourceKind.LAN, device, "peer " + number, "peer " + number);
        download.handle(new DownloadEvent.Joined(peer, info), now);
        download.handle(new DownloadEvent.Wants(peer, true), now);
        return peer;
    }

    private Download download(boolean shared) {
        DeviceId self = new DeviceId(Digest.sha256(new byte[] {1}));
        PieceSet none = PieceSet.none(layer.layout().pieceCount());
        return new Download(layer, none, self, shared, Tuning.DEFAULT, now);
    }

    private List<DownloadEffect> join(Download download, SourceId origin) {
        return download.handle(new DownloadEvent.Joined(origin, SourceInfo.origin("origin")), now);
    }

    private static DownloadEffect.Fetch fetch(List<DownloadEffect> effects) {
        return effects.stream()
                .filter(e -> e instanceof DownloadEffect.Fetch)
                .map(e -> (DownloadEffect.Fetch) e)
                .findFirst()
                .orElseThrow();
    }

    private static List<Digest> leaves(byte[] bytes, int offset, int length) {
        BlockHasher hasher = new BlockHasher();
        hasher.update(bytes, offset, length);
        return hasher.finish();
    }

    private static PieceLayer layer(byte[] bytes) {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.SKIPPED);
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish().layer();
    }

    private static byte[] content() {
        byte[] bytes = new byte[3 * PIECE + 5];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / PIECE);
        }
        return bytes;
    }
}
