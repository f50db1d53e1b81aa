package dev.byway.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.identity.IdentityException;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.Publishers;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedFleetTest {
    private static final SigningKey ROOT = SigningKey.ofSecret(filled(1));
    private static final PublisherKey PUBLISHER = SigningKey.ofSecret(filled(2)).publicKey("releases");

    @TempDir
    Path state;

    private static byte[] filled(int value) {
        byte[] bytes = new byte[SigningKey.SECRET_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static ByteString sealed(long version) {
        return new Publishers(version, List.of(PUBLISHER)).seal(ROOT);
    }

    private static JoinedFleet fleet(long version) {
        return new JoinedFleet(
                List.of("https://coordinator.example:8443"),
                Digest.sha256(new byte[] {7}),
                ROOT.publicKey("").raw(),
                sealed(version));
    }

    @Test
    void whatIsStoredIsLoadedAgain() {
        fleet(3).store(state);
        assertThat(JoinedFleet.load(state)).contains(fleet(3));
        assertThat(JoinedFleet.load(state).orElseThrow().publisherKeys()).containsExactly(PUBLISHER);
    }

    @Test
    void aDeviceWithoutFleetHasNone() {
        assertThat(JoinedFleet.load(state)).isEmpty();
    }

    @Test
    void leavingForgetsIt() {
        fleet(1).store(state);
        JoinedFleet.leave(state);
        assertThat(JoinedFleet.load(state)).isEmpty();
    }

    @Test
    void aDamagedFileIsAnErrorThatSaysWhatToDo() throws IOException {
        Files.writeString(state.resolve(JoinedFleet.FILE), "{\"urls\":[]}");
        assertThatThrownBy(() -> JoinedFleet.load(state))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("join the fleet again");
        Files.writeString(state.resolve(JoinedFleet.FILE), "not json");
        assertThatThrownBy(() -> JoinedFleet.load(state)).isInstanceOf(IdentityException.class);
    }

    @Test
    void aNewerListOfPublishersIsTakenAndAnOlderOneIsNot() {
        assertThat(fleet(3).withPublishers(sealed(4)).openPublishers().version())
                .isEqualTo(4);
        assertThatThrownBy(() -> fleet(3).withPublishers(sealed(2))).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void aListOfAnotherRootIsNotTaken() {
        ByteString foreign = new Publishers(9, List.of(PUBLISHER)).seal(SigningKey.ofSecret(filled(3)));
        assertThatThrownBy(() -> fleet(3).withPublishers(foreign)).isInstanceOf(UntrustedContentException.class);
    }
}
