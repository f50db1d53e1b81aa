package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Reads answers in tests. */
final class Reading {
    private Reading() {}

    /** {@code length} bytes that look random and are always the same. */
    static byte[] file(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** The body that {@code answer} must be. */
    static OriginAnswer.Body body(OriginAnswer answer) {
        assertThat(answer).isInstanceOf(OriginAnswer.Body.class);
        return (OriginAnswer.Body) answer;
    }

    /** The failure that {@code answer} must be. */
    static OriginAnswer.Failed failed(OriginAnswer answer) {
        assertThat(answer).isInstanceOf(OriginAnswer.Failed.class);
        return (OriginAnswer.Failed) answer;
    }

    /** All bytes to the end. */
    static byte[] all(OriginAnswer.Body body) {
        try (body) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[65_536];
            for (int read = body.bytes().read(buffer, 0, buffer.length); read >= 0; ) {
                all.write(buffer, 0, read);
                read = body.bytes().read(buffer, 0, buffer.length);
            }
            return all.toByteArray();
        }
    }
}
