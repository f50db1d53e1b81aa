package dev.byway.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCredentialsTest {
    private static final TestFleet FLEET = new TestFleet("fleet");

    @TempDir
    Path state;

    private DeviceKey key;

    @BeforeEach
    void open() {
        key = DeviceKey.open(state, Instant.now());
    }

    @Test
    void readsWhatItStores() {
        assertThat(FleetCredentials.load(state, key)).isEmpty();
        FleetCredentials credentials = FLEET.enrol(key, Instant.now(), "staff");
        credentials.store(state, key);
        assertThat(FleetCredentials.load(state, key)).contains(credentials);
        FleetCredentials.remove(state);
        assertThat(FleetCredentials.load(state, key)).isEmpty();
    }

    @Test
    void refusesTheCertificateOfAnotherKey(@TempDir Path elsewhere) {
        FleetCredentials others = FLEET.enrol(DeviceKey.open(elsewhere, Instant.now()), Instant.now());
        assertThatThrownBy(() -> others.store(state, key))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("certifies another key");
        assertThat(state.resolve(FleetCredentials.FILE)).doesNotExist();
    }

    @Test
    void saysSoWhenTheFileIsDamaged() throws Exception {
        FLEET.enrol(key, Instant.now()).store(state, key);
        Path file = state.resolve(FleetCredentials.FILE);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> FleetCredentials.load(state, key))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("join the fleet again");
    }
}
