package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers serve the piece layer, too: it proves itself. */
class HashesTest {
    @TempDir
    Path folder;

    private final HashedContent hashed = hashed(3 << 20);
    private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
    private final QuietLink link = new QuietLink(1, new Membership.Anonymous()) {
        @Override
        public void send(Frame frame) {
            answers.add(frame);
        }
    };
    private ContentStore store;
    private Peering peering;

    @BeforeEach
    void open() {
        store = ContentStore.open(folder, StoreOptions.standard());
        peering = new Peering(
                new DeviceId(Digest.sha256(new byte[] {0})),
                store,
                32,
                4,
                dial -> Optional.empty(),
                ignored -> {},
                new OpenGates());
    }

    @AfterEach
    void close() {
        peering.close();
        store.close();
    }

    private static HashedContent hashed(int length) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(new byte[length], 0, length);
        return hasher.finish();
    }

    private Frame answer() throws InterruptedException {
        return Optional.ofNullable(answers.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    private void theyOpen(ContentId content) {
        peering.onOpened(link);
        peering.onFrame(
                link, new Frame.Open(1, content, hashed.layer().layout().pieceLength(), true, ByteString.EMPTY));
    }

    @Test
    void digestsOfThePieceLayerAreServed() throws Exception {
        theyOpen(Published.into(store, hashed, new Visibility.Public()));
        assertThat(answer()).isInstanceOf(Frame.Open.class);
        peering.onFrame(link, new Frame.HashRequest(1, 7, 1, 2));
        List<Digest> expected = hashed.layer().pieces().subList(1, 3);
        assertThat(answer()).isEqualTo(new Frame.Hashes(7, 1, expected));
    }

    @Test
    void theLayerOfAGroupsContentIsNotForStrangers() throws Exception {
        theyOpen(Published.into(store, hashed, new Visibility.Groups(List.of("engineering"))));
        assertThat(answer()).isEqualTo(new Frame.RejectOpen(1, RejectReason.NOT_HELD, 0));
        peering.onFrame(link, new Frame.HashRequest(1, 7, 0, 3));
        assertThat(answer()).isEqualTo(new Frame.RejectRequest(7, RejectReason.NOT_HELD, 0));
    }
}
