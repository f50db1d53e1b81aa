package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPublishersTest {
    @TempDir
    Path folder;

    private static PublisherKey key(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return SigningKey.ofSecret(secret).publicKey("");
    }

    @Test
    void keysAndFilesOfKeysMayStandSideBySide() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "# ours\n" + key(1) + "\n\n" + key(2) + "\n");
        assertThat(TrustedPublishers.read(List.of(file.toString(), key(3).toString())))
                .containsExactly(key(1), key(2), key(3));
    }

    @Test
    void whatIsNeitherKeyNorFileIsRefusedWithTheSettingsName() {
        assertThatThrownBy(() -> TrustedPublishers.read(List.of("garbage")))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining("trust.publishers: 'garbage'");
        assertThatThrownBy(() -> TrustedPublishers.read(List.of(PublisherKey.PREFIX + "short")))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining("trust.publishers");
    }

    @Test
    void aMistakeInAFileNamesFileAndLine() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), key(1) + "\nnonsense\n");
        assertThatThrownBy(() -> TrustedPublishers.read(List.of(file.toString())))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining(file + ", line 2");
    }
}
