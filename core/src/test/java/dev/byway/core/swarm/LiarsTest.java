package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Neighbours that claim and do not bring, and neighbours that bring what is wrong: one download against one of them. */
class LiarsTest {
    private static final int PIECES = 24;
    private static final SourceId ORIGIN = new SourceId(1);
    private static final Duration STEP = Duration.ofMillis(100);

    private final byte[] content = new byte[PIECES * PieceLayout.DEFAULT_PIECE];
    private final PieceLayer layer = layer(content);
    private final Download download =
            new Download(layer, PieceSet.none(PIECES), device(0), true, Tuning.DEFAULT, Moment.ZERO);
    private final List<DownloadEffect> effects = new ArrayList<>();
    private final List<TransferId> over = new ArrayList<>();
    private final Map<TransferId, Integer> came = new HashMap<>();
    private Moment now = Moment.ZERO;
    private int lastSource = 1;

    @Test
    void whoSaysThatItIsBusyForEverDelaysEverMoreRarely() {
        SourceId liar = join("10.0.0.9");
        claimAll(liar);
        assertThat(secondsToTheEnd(fetch -> tell(new DownloadEvent.Ended(
                        fetch.transfer(), new DownloadEvent.Ending.Busy(Duration.ofMinutes(1))))))
                .isLessThan(PIECES + 12);
        assertThat(codes()).contains(ReasonCode.PEER_BUSY);
    }

    @Test
    void aTrickleIsNotWaitedFor() {
        SourceId liar = join("10.0.0.9");
        claimAll(liar);
        assertThat(secondsToTheEnd(fetch -> {
                    if (now.nanos() / STEP.toNanos() % 10 == 0) {
                        arrive(fetch, 1);
                    }
                }))
                .isLessThan(PIECES + 20);
        assertThat(codes()).contains(ReasonCode.PEER_TOO_SLOW);
    }

    @Test
    void whoGoesAwayAndComesBackIsWhoItWasBefore() {
        poison(join("10.0.0.9"));
        assertThat(codes()).contains(ReasonCode.PEER_SENT_BAD_BYTES);
        effects.clear();
        SourceId again = join("10.0.0.9");
        claimAll(again);
        assertThat(effects).contains(new DownloadEffect.Ban(again));
        assertThat(effects)
                .noneMatch(
                        e -> e instanceof DownloadEffect.Fetch f && f.source().equals(again));
        SourceId other = join("10.0.0.10");
        effects.clear();
        claimAll(other);
        assertThat(effects)
                .anyMatch(e -> e instanceof DownloadEffect.Fetch f && f.source().equals(other));
    }

    @Test
    void oneBadPieceAVisitIsCountedToo() {
        SourceId bystander = join("10.0.0.10");
        tell(new DownloadEvent.Has(bystander, PIECES - 1, 1));
        SourceId first = join("10.0.0.9");
        claimAll(first);
        sendWrong(first);
        tell(new DownloadEvent.Left(first, "gone"));
        now = now.plus(Tuning.DEFAULT.stall()); // Who goes away in the middle is left alone for that long.
        SourceId second = join("10.0.0.9");
        claimAll(second);
        sendWrong(second);
        assertThat(effects).contains(new DownloadEffect.Ban(second));
    }

    @Test
    void whenManyWereCaughtNewcomersAreNotTakenAnyMore() {
        for (int address = 0; address < Conducts.MOST_GUILTY; address++) {
            poison(join("10.0.1." + address));
        }
        SourceId stranger = join("10.0.0.10");
        assertThat(effects).contains(new DownloadEffect.Ban(stranger));
    }

    @Test
    void wordOfPiecesThatAreKnownAlreadyCostsNoPlanning() {
        SourceId peer = join("10.0.0.9");
        claimAll(peer);
        assertThat(download.handle(new DownloadEvent.Has(peer, 0, PIECES), now)).isEmpty();
    }

    // ---- the neighbour ----

    private SourceId join(String address) {
        SourceId id = new SourceId(++lastSource);
        tell(new DownloadEvent.Joined(id, SourceInfo.peer(SourceKind.LAN, device(lastSource), address, address)));
        return id;
    }

    private void claimAll(SourceId peer) {
        tell(new DownloadEvent.Holds(peer, PieceSet.all(PIECES)));
    }

    private void poison(SourceId peer) {
        claimAll(peer);
        for (int i = 0; i < Tuning.DEFAULT.strikes(); i++) {
            sendWrong(peer);
        }
        assertThat(effects).contains(new DownloadEffect.Ban(peer));
    }

    /** Answers its last request, all of it, with wrong bytes. */
    private void sendWrong(SourceId peer) {
        DownloadEffect.Fetch fetch = fetches(peer).getLast();
        BlockHasher hasher = new BlockHasher();
        hasher.update(new byte[] {1}, 0, 1);
        Digest wrong = hasher.finish().getFirst();
        int blocks = (int) (fetch.range().length() / PieceLayout.BLOCK);
        tell(new DownloadEvent.Arrived(fetch.transfer(), Collections.nCopies(blocks, wrong)));
    }

    private List<DownloadEffect.Fetch> fetches(SourceId source) {
        return effects.stream()
                .filter(e -> e instanceof DownloadEffect.Fetch f && f.source().equals(source))
                .map(e -> (DownloadEffect.Fetch) e)
                .toList();
    }

    // ---- time ----

    /** An origin that sends a piece a second beside what the neighbours do; the seconds until all is there. */
    private long secondsToTheEnd(Consumer<DownloadEffect.Fetch> neighbour) {
        tell(new DownloadEvent.Joined(ORIGIN, SourceInfo.origin("origin")));
        while (!download.isOver() && now.nanos() < Duration.ofMinutes(10).toNanos()) {
            now = now.plus(STEP);
            List<DownloadEffect.Fetch> open = List.copyOf(open());
            open.stream().filter(f -> f.source().equals(ORIGIN)).limit(1).forEach(f -> arrive(f, 6));
            open.stream().filter(f -> !f.source().equals(ORIGIN)).limit(1).forEach(neighbour);
            tell(new DownloadEvent.Tick());
        }
        return Duration.ofNanos(now.nanos()).toSeconds();
    }

    /** Requests that have not ended, as far as the effects tell. */
    private List<DownloadEffect.Fetch> open() {
        List<TransferId> ended = effects.stream()
                .filter(e -> e instanceof DownloadEffect.Trim trim && trim.over())
                .map(e -> ((DownloadEffect.Trim) e).transfer())
                .toList();
        return effects.stream()
                .filter(e -> e instanceof DownloadEffect.Fetch f && !ended.contains(f.transfer()))
                .map(e -> (DownloadEffect.Fetch) e)
                .filter(f -> !over.contains(f.transfer()))
                .toList();
    }

    private void arrive(DownloadEffect.Fetch fetch, int blocks) {
        int before = came.getOrDefault(fetch.transfer(), 0);
        int all = (int) ((fetch.range().length() + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK);
        int next = Math.min(all, before + blocks);
        came.put(fetch.transfer(), next);
        BlockHasher hasher = new BlockHasher();
        hasher.update(content, 0, (next - before) * PieceLayout.BLOCK);
        tell(new DownloadEvent.Arrived(fetch.transfer(), hasher.finish()));
        if (next == all) {
            over.add(fetch.transfer());
            tell(new DownloadEvent.Ended(fetch.transfer(), new DownloadEvent.Ending.Complete()));
        }
    }

    private void tell(DownloadEvent event) {
        effects.addAll(download.handle(event, now));
        if (event instanceof DownloadEvent.Ended ended) {
            over.add(ended.transfer());
        }
    }

    private List<ReasonCode> codes() {
        return effects.stream()
                .filter(e -> e instanceof DownloadEffect.Explain)
                .map(e -> ((DownloadEffect.Explain) e).code())
                .toList();
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }

    private static PieceLayer layer(byte[] bytes) {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.SKIPPED);
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish().layer();
    }
}
