package dev.byway.core.swarm;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event costs a download of 200 GiB with 32 neighbours, each of which holds a random half. There are no bytes: all
 * blocks have the same digest, so that the tree is arithmetic. Each round starts from a download that has just begun.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class DownloadBenchmark {
    private static final long LENGTH = 200L << 30;
    private static final int PEERS = 32;
    private static final int EVENTS = 500;
    private static final int FRAME_BLOCKS = 4;
    private static final Duration STEP = Duration.ofMillis(1);

    private final PieceLayer layer = layer();
    private final int pieces = layer.layout().pieceCount();
    private final Deque<DownloadEffect.Fetch> asked = new ArrayDeque<>();
    private final PieceSet[] holds = new PieceSet[PEERS];
    private Random random = new Random(1);
    private Moment now = Moment.ZERO;
    private Download download = begin();

    /** A download whose neighbours have joined and said what they hold, and have been asked for all that they may be. */
    @Setup(Level.Invocation)
    public void beginAgain() {
        asked.clear();
        random = new Random(1);
        now = Moment.ZERO;
        download = begin();
        for (int peer = 0; peer < PEERS; peer++) {
            SourceId id = new SourceId(peer);
            String address = "10.0.0." + peer;
            happens(new DownloadEvent.Joined(id, SourceInfo.peer(SourceKind.LAN, device(peer + 1), address, address)));
            holds[peer] = randomHalf();
            happens(new DownloadEvent.Holds(id, holds[peer].copy()));
        }
        happens(new DownloadEvent.Tick());
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void oneHas() {
        for (int i = 0; i < EVENTS; i++) {
            int peer = i % PEERS;
            int piece = holds[peer].nextMissing(random.nextInt(pieces - PEERS));
            holds[peer].add(piece);
            happens(new DownloadEvent.Has(new SourceId(peer), piece, 1));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void onePlan() {
        for (int i = 0; i < EVENTS; i++) {
            happens(new DownloadEvent.Tick());
        }
    }

    /** 64 KiB of a request. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void oneArrived() {
        for (int i = 0; i < EVENTS; i++) {
            DownloadEffect.Fetch fetch = asked.removeFirst();
            happens(new DownloadEvent.Arrived(fetch.transfer(), leaves(FRAME_BLOCKS)));
            asked.addLast(fetch);
        }
    }

    /** The last bytes of a request of 1 MiB, its end, and what is asked of that neighbour next. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void oneRequestDoneAndTheNextPicked() {
        for (int i = 0; i < EVENTS; i++) {
            DownloadEffect.Fetch fetch = asked.removeFirst();
            happens(new DownloadEvent.Arrived(
                    fetch.transfer(), leaves((int) (fetch.range().length() / PieceLayout.BLOCK))));
            happens(new DownloadEvent.Ended(fetch.transfer(), new DownloadEvent.Ending.Complete()));
        }
    }

    private void happens(DownloadEvent event) {
        now = now.plus(STEP);
        for (DownloadEffect effect : download.handle(event, now)) {
            if (effect instanceof DownloadEffect.Fetch fetch) {
                asked.addLast(fetch);
            }
        }
    }

    private Download begin() {
        return new Download(layer, PieceSet.none(pieces), device(0), true, Tuning.DEFAULT, now);
    }

    private PieceSet randomHalf() {
        PieceSet half = PieceSet.none(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            if (random.nextBoolean()) {
                half.add(piece);
            }
        }
        return half;
    }

    private static List<Digest> leaves(int count) {
        return Collections.nCopies(count, Digest.ZERO);
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
    }

    private static PieceLayer layer() {
        PieceLayout layout = PieceLayout.of(LENGTH);
        int level = Integer.numberOfTrailingZeros(layout.blocksPerPiece());
        List<Digest> digests = Collections.nCopies(
                layout.pieceCount(), MerkleTree.root(leaves(layout.blocksPerPiece()), 0));
        return PieceLayer.prove(new ContentId(MerkleTree.root(digests, level), LENGTH), layout, digests);
    }
}
