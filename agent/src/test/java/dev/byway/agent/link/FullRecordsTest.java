package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullRecordsTest {
    private final List<Integer> calls = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Gathered below = new Gathered(new OutputStream() {
        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            calls.add(length);
            sent.write(bytes, offset, length);
        }
    });

    /** Writes records of at most that length, as a TLS socket does, and notes their lengths. */
    private final List<Integer> lengths = new ArrayList<>();

    private final OutputStream tls = new OutputStream() {
        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += FullRecords.RECORD) {
                int part = Math.min(FullRecords.RECORD, length - at);
                lengths.add(part);
                below.write(bytes, offset + at, part);
                below.flush();
            }
        }
    };

    @Test
    void aWriteLeavesAtOnceAndItsShortRecordFirst() throws IOException {
        byte[] frame = new byte[17 + 4 * FullRecords.RECORD];
        new Random(1).nextBytes(frame);
        FullRecords records = new FullRecords(tls, below);
        records.write(frame, 0, frame.length);
        records.write(frame, 5, 40);
        records.write(frame, 5, FullRecords.RECORD);
        assertThat(lengths)
                .containsExactly(
                        17,
                        FullRecords.RECORD,
                        FullRecords.RECORD,
                        FullRecords.RECORD,
                        FullRecords.RECORD,
                        40,
                        FullRecords.RECORD);
        assertThat(calls).containsExactly(frame.length, 40, FullRecords.RECORD);
        assertThat(sent.toByteArray()).startsWith(frame).hasSize(frame.length + 40 + FullRecords.RECORD);
    }

    @Test
    void anAlertThatIsWrittenMeanwhileLeavesToo() throws IOException {
        below.hold();
        below.write(new byte[] {1, 2}, 0, 2);
        assertThat(calls).isEmpty();
        below.release();
        below.write(new byte[] {3}, 0, 1);
        assertThat(calls).containsExactly(2, 1);
    }

    @Test
    void whatFailsInTheMiddleHoldsNothingBack() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int one) {}

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                below.write(new byte[] {21, 3, 3}, 0, 3);
                throw new IOException("closed");
            }
        };
        assertThatThrownBy(() -> new FullRecords(broken, below).write(new byte[100], 0, 100))
                .hasMessage("closed");
        assertThat(calls).containsExactly(3);
    }
}
