package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.wire.DataHeader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Java's TLS really puts on the wire: {@link FullRecords} relies on the size of its records, which no specification fixes. */
class TlsRecordsTest {
    private static final int HEADER = 5;

    /** What is added to a record's content: its type, the padding, and the tag of AES-GCM (RFC 8446, sections 5.2 and 5.4). */
    private static final int ADDED = 1 + 16 + 16;

    @Test
    void aFrameOfContentIsItsHeaderWithTheOddBytesAndFourFullRecords() throws Exception {
        List<Integer> records = new ArrayList<>();
        int frame = DataHeader.BYTES + Outbox.CHUNK;
        try (TestNode dialler = TestNode.anonymous();
                TestNode listener = TestNode.anonymous();
                ServerSocket door = new ServerSocket(0, 1, TestNode.loopback(1));
                ServerSocket tap = new ServerSocket(0, 1, TestNode.loopback(1))) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> {
                        try (Socket tcp = door.accept()) {
                            TlsConnection.handshake(tcp, listener.tls, false)
                                    .output()
                                    .write(new byte[frame], 0, frame);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    Thread::startVirtualThread);
            CompletableFuture<Void> tapped =
                    CompletableFuture.runAsync(() -> relay(tap, door, records), Thread::startVirtualThread);
            try (Socket tcp = new Socket(TestNode.loopback(1), tap.getLocalPort())) {
                TlsConnection connection = TlsConnection.handshake(tcp, dialler.tls, true);
                assertThat(connection.input().readNBytes(frame)).hasSize(frame);
            }
            CompletableFuture.allOf(sent, tapped).get(20, TimeUnit.SECONDS);
        }
        int full = FullRecords.RECORD + ADDED;
        int odd = frame % FullRecords.RECORD + ADDED;
        assertThat(records).endsWith(odd, full, full, full, full).doesNotContain(frame);
    }

    /** Passes on all that comes both ways, and notes the length of each record from {@code door}. */
    private static void relay(ServerSocket tap, ServerSocket door, List<Integer> records) {
        try (Socket dialled = tap.accept();
                Socket listening = new Socket(TestNode.loopback(1), door.getLocalPort())) {
            Thread there = Thread.ofVirtual().start(() -> {
                try {
                    dialled.getInputStream().transferTo(listening.getOutputStream());
                } catch (IOException e) {
                    // The dialler is gone.
                }
            });
            DataInputStream in = new DataInputStream(listening.getInputStream());
            DataOutputStream out = new DataOutputStream(dialled.getOutputStream());
            try {
                while (true) {
                    byte[] header = in.readNBytes(HEADER);
                    if (header.length < HEADER) {
                        throw new EOFException();
                    }
                    int length = Byte.toUnsignedInt(header[3]) << Byte.SIZE | Byte.toUnsignedInt(header[4]);
                    out.write(header);
                    out.write(in.readNBytes(length));
                    records.add(length);
                }
            } catch (IOException e) {
                there.join();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
