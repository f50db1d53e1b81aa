package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.WireLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from 1 KiB to 200 GiB, without their bytes: all blocks have the same digest, so that the tree is arithmetic. */
class SizesTest {
    private static final SourceId PEER = new SourceId(1);
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int MISSING = 8;

    private Moment now = Moment.ZERO;
    private boolean done;

    @ParameterizedTest
    @ValueSource(longs = {1 << 10, 16 << 10, (1 << 20) - 1, (1 << 20) + 1, 1L << 30, (20L << 30) + 5, (200L << 30) - 1})
    void theLastBytesOfAFileOfAnySizeComeFromAPeer(long length) {
        PieceLayer layer = layer(length);
        PieceLayout layout = layer.layout();
        int pieces = layout.pieceCount();
        assertThat(pieces).isBetween(1, PieceLayout.MAX_PIECES);
        assertThat(layout.piece(pieces - 1).end()).isEqualTo(length);
        PieceSet held = PieceSet.all(pieces);
        for (int i = 0; i < Math.min(MISSING, pieces); i++) {
            held.remove(pieces - 1 - i * ((pieces - 1) / MISSING));
        }
        long missing = held.isFull() ? 0 : bytes(held, layout);
        Download download = new Download(layer, held, device(0), true, Tuning.DEFAULT, now);

        Deque<DownloadEffect.Fetch> asked = new ArrayDeque<>();
        happens(
                download,
                new DownloadEvent.Joined(PEER, SourceInfo.peer(SourceKind.LAN, device(1), "10.0.0.1", "10.0.0.1")),
                asked);
        happens(download, new DownloadEvent.Holds(PEER, PieceSet.all(pieces)), asked);
        long came = 0;
        while (!asked.isEmpty()) {
            DownloadEffect.Fetch fetch = asked.removeFirst();
            assertThat(fetch.range().end()).isLessThanOrEqualTo(length);
            int bytes = Math.toIntExact(fetch.range().length());
            goesOverTheWire(new Frame.Request(1, 2, fetch.range().offset(), bytes));
            came += bytes;
            int blocks = (bytes + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
            happens(download, new DownloadEvent.Arrived(fetch.transfer(), leaves(blocks)), asked);
            happens(download, new DownloadEvent.Ended(fetch.transfer(), new DownloadEvent.Ending.Complete()), asked);
        }
        assertThat(done).isTrue();
        assertThat(came).isEqualTo(missing);
        assertThat(download.held().isFull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 10, 1L << 30, (20L << 30) + 5, (200L << 30) - 1})
    void whatIsSaidOfItFitsIntoTheFrames(long length) {
        PieceLayer layer = layer(length);
        PieceLayout layout = layer.layout();
        int pieces = layout.pieceCount();
        goesOverTheWire(new Frame.Open(1, layer.id(), layout.pieceLength(), true, ByteString.EMPTY));
        goesOverTheWire(new Frame.Bitfield(1, PieceSet.all(pieces).toBytes()));
        goesOverTheWire(new Frame.Have(1, pieces - 1, 1));
        int last = (int) Math.min(WireLimits.DATA, length);
        goesOverTheWire(new Frame.Data(1, length - last, ByteBuffer.allocate(last)));
        assertThat(PieceSet.of(pieces, PieceSet.all(pieces).toBytes())).isEqualTo(PieceSet.all(pieces));
    }

    private static void goesOverTheWire(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.encodedSize(frame));
        FrameCodec.encode(frame, bytes);
        assertThat(FrameCodec.decode(bytes.flip())).isEqualTo(frame);
    }

    private void happens(Download download, DownloadEvent event, Deque<DownloadEffect.Fetch> asked) {
        now = now.plus(STEP);
        for (DownloadEffect effect : download.handle(event, now)) {
            switch (effect) {
                case DownloadEffect.Fetch fetch -> asked.addLast(fetch);
                case DownloadEffect.Done _ -> done = true;
                default -> {}
            }
        }
    }

    private static long bytes(PieceSet held, PieceLayout layout) {
        long bytes = 0;
        for (int piece = held.nextMissing(0); piece < held.size(); piece = held.nextMissing(piece + 1)) {
            bytes += layout.piece(piece).length();
        }
        return bytes;
    }

    private static List<Digest> leaves(int count) {
        return Collections.nCopies(count, Digest.ZERO);
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }

    private static PieceLayer layer(long length) {
        PieceLayout layout = PieceLayout.of(length);
        int blocks = layout.pieceCount() == 1 ? layout.blocksIn(0) : layout.blocksPerPiece();
        Digest piece = MerkleTree.root(leaves(blocks), 0);
        List<Digest> digests = Collections.nCopies(layout.pieceCount(), piece);
        int level = Integer.numberOfTrailingZeros(layout.blocksPerPiece());
        Digest root = layout.pieceCount() == 1 ? piece : MerkleTree.root(digests, level);
        return PieceLayer.prove(new ContentId(root, length), layout, digests);
    }
}
