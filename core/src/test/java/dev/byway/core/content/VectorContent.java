package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of {@code vectors/write-torrents.py}, made again, and the torrents that it wrote. */
final class VectorContent {
    private VectorContent() {}

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        long state = length;
        for (int i = 0; i < length; i++) {
            state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF;
            bytes[i] = (byte) (state >> 16);
        }
        return bytes;
    }

    static byte[] torrent(String name) {
        try (InputStream in = VectorContent.class.getResourceAsStream("vectors/" + name + ".torrent")) {
            assertThat(in).as("test resource vectors/%s.torrent", name).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
