package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    /** A socket: what it is asked for, and no more at a time than lies there. */
    private static final class Lying extends ByteArrayInputStream {
        private final List<Integer> asked = new ArrayList<>();
        private final IntUnaryOperator most;

        Lying(byte[] bytes, int most) {
            this(bytes, fill -> most);
        }

        /** @param most by the number of the read, from 0 */
        Lying(byte[] bytes, IntUnaryOperator most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int count = Math.min(length, most.applyAsInt(asked.size()));
            asked.add(length);
            return super.read(into, offset, count);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] record(int length) {
        byte[] record = Arrays.copyOf(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length}, 5 + length);
        Arrays.fill(record, 5, record.length, (byte) length);
        return record;
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 511, 512, 513, 20_000, 1 << 20})
    void allBytesInOrder(int most) throws IOException {
        byte[] bytes = random(700_000);
        ReadAhead ahead = new ReadAhead(new Lying(bytes, most));
        Random random = new Random(most);
        byte[] got = new byte[bytes.length];
        int at = 0;
        while (at < got.length) {
            int n = ahead.read(got, at, Math.min(got.length - at, 1 + random.nextInt(20_000)));
            assertThat(n).isPositive();
            at += n;
        }
        assertThat(got).isEqualTo(bytes);
        assertThat(ahead.read()).isEqualTo(-1);
        assertThat(ahead.read(got, 0, 1)).isEqualTo(-1);
    }

    @Test
    void memoryFollowsWhatComes() throws IOException {
        Lying socket = new Lying(random(2 << 20), 1 << 20);
        ReadAhead ahead = new ReadAhead(socket);
        ahead.readNBytes(1 << 20);
        assertThat(socket.asked.getFirst()).isEqualTo(512);
        assertThat(socket.asked.getLast()).isEqualTo(128 * 1024);

        Lying trickle = new Lying(random(131_500), fill -> fill < 8 ? 1 << 20 : 30);
        new ReadAhead(trickle).readNBytes(131_500);
        assertThat(trickle.asked.stream().mapToInt(asked -> asked).max()).hasValue(128 * 1024);
        assertThat(trickle.asked.getLast()).isLessThanOrEqualTo(512);
    }

    @Test
    void knowsWhetherARecordIsHeld() throws IOException {
        byte[] bytes = joined(record(10), record(300), record(5));
        ReadAhead ahead = new ReadAhead(new Lying(bytes, 15 + 304));
        assertThat(ahead.wholeRecord()).isZero();
        ahead.readNBytes(15);
        assertThat(ahead.available()).isEqualTo(304);
        assertThat(ahead.wholeRecord()).isZero();
        ahead.heldOnly(true);
        ahead.readNBytes(304);
        assertThatThrownBy(ahead::read).isInstanceOf(SocketTimeoutException.class);
        ahead.heldOnly(false);
        ahead.readNBytes(1);
        assertThat(ahead.wholeRecord()).isEqualTo(5);
    }

    /** Decrypts as a TLS socket does: one record a read; one of length 5 holds nothing for the reader. */
    private static final class Decrypting extends InputStream {
        private final InputStream below;

        Decrypting(InputStream below) {
            this.below = below;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (true) {
                byte[] header = below.readNBytes(5);
                if (header.length < 5) {
                    return -1;
                }
                int size = Byte.toUnsignedInt(header[3]) << 8 | Byte.toUnsignedInt(header[4]);
                byte[] body = below.readNBytes(size);
                if (size != 5) {
                    System.arraycopy(body, 0, into, offset, size);
                    return size;
                }
            }
        }
    }

    @Test
    void wholeRecordsAreGivenTogetherAndTheReaderWaitsForTheFirstOnly() throws IOException {
        byte[] bytes = joined(record(10), record(20), record(30), record(5));
        ReadAhead ahead = new ReadAhead(new Lying(bytes, bytes.length - 10 - 10)); // 20 bytes later
        WholeRecords records = new WholeRecords(new Decrypting(ahead), ahead);
        byte[] into = new byte[100];
        assertThat(records.read(into, 0, 100)).isEqualTo(30);
        assertThat(records.read(into, 0, 100)).isEqualTo(30);
        assertThat(records.read(into, 0, 100)).isEqualTo(-1);
    }

    @Test
    void theShorterRecordThatBeginsTheNextFrameIsLeftForTheNextRead() throws IOException {
        byte[] bytes = joined(record(7), record(90), record(90), record(20), record(90), record(90));
        ReadAhead ahead = new ReadAhead(new Lying(bytes, bytes.length));
        WholeRecords records = new WholeRecords(new Decrypting(ahead), ahead);
        byte[] into = new byte[400];
        assertThat(records.read(into, 0, 400)).isEqualTo(7 + 90 + 90);
        assertThat(records.read(into, 0, 400)).isEqualTo(20 + 90 + 90);
        assertThat(records.read(into, 0, 400)).isEqualTo(-1);
    }

    @Test
    void aRecordForWhichThereIsNoRoomIsLeftForTheNextRead() throws IOException {
        byte[] bytes = joined(record(90), record(90), record(90));
        ReadAhead ahead = new ReadAhead(new Lying(bytes, bytes.length));
        WholeRecords records = new WholeRecords(new Decrypting(ahead), ahead);
        byte[] into = new byte[200];
        assertThat(records.read(into, 0, 200)).isEqualTo(180);
        assertThat(records.read(into, 0, 200)).isEqualTo(90);
    }
}
