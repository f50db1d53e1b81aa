package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
    static Stream<String> names() {
        return Golden.frames().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFrameIsWrittenAsItsGoldenFile(String name) {
        assertThat(Encoded.of(Golden.frame(name))).asHexString().isEqualTo(hex(Golden.bytes(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aGoldenFileIsReadAsItsFrame(String name) {
        ByteBuffer in = ByteBuffer.wrap(Golden.bytes(name));

        assertThat(FrameCodec.decode(in)).isEqualTo(Golden.frame(name));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void everyTypeHasAGoldenFile() {
        Set<FrameType> seen =
                Golden.frames().values().stream().map(FrameType::of).collect(Collectors.toSet());

        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(FrameType.UNKNOWN)));
    }

    @Test
    void whatALaterVersionAddsToHelloIsIgnored() {
        ByteBuffer in = ByteBuffer.wrap(Golden.bytes("hello-extended"));

        assertThat(FrameCodec.decode(in)).isEqualTo(Golden.frame("hello"));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void aFrameOfUnknownTypeIsSkipped() {
        ByteBuffer in = ByteBuffer.wrap(Golden.bytes("unknown"));

        assertThat(FrameCodec.decode(in)).isEqualTo(new Decoded.Skipped(0xEE));
        assertThat(in.hasRemaining()).isFalse();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
