package dev.byway.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    @TempDir
    Path state;

    @Test
    void aKeyThatWasMadeIsFoundAgainByNameAndByPath() {
        KeyRing ring = new KeyRing(state);
        KeyRing.Entry made = ring.create("release");
        assertThat(ring.open("release").publicKey()).isEqualTo(made.publicKey());
        assertThat(ring.open(made.file().toString()).publicKey()).isEqualTo(made.publicKey());
        assertThat(ring.list()).extracting(KeyRing.Entry::name).containsExactly("release");
        assertThat(made.publicKey().name()).isEqualTo("release");
    }

    @Test
    void nobodyElseMayReadAPrivateKey() throws IOException {
        KeyRing ring = new KeyRing(state);
        Path file = ring.create("release").file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ring.open("release")).hasMessageContaining("chmod 600");
    }

    @Test
    void aKeyIsNeverReplaced() {
        KeyRing ring = new KeyRing(state);
        KeyRing.Entry first = ring.create("release");
        assertThatThrownBy(() -> ring.create("release")).isInstanceOf(CommandException.class);
        assertThat(ring.open("release").publicKey()).isEqualTo(first.publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "with space"})
    void namesStayInTheirFolder(String name) {
        assertThatThrownBy(() -> new KeyRing(state).create(name)).isInstanceOf(CommandException.class);
    }

    @Test
    void aKeyThatIsNotThereIsSaidWithThoseThatAre() {
        KeyRing ring = new KeyRing(state);
        assertThat(ring.list()).isEmpty();
        ring.create("release");
        assertThatThrownBy(() -> ring.open("relaese")).hasMessageContaining("known are release");
    }

    @Test
    void aDamagedKeyIsSaidWithItsFile() throws IOException {
        KeyRing ring = new KeyRing(state);
        Path file = ring.create("release").file();
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ring.open("release")).hasMessageContaining(file.toString());
    }
}
