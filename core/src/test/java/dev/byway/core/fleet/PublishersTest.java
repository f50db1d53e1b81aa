package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.unit.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishersTest {
    private static final SigningKey ROOT =
            SigningKey.ofSecret(Digest.sha256(new byte[] {1}).bytes());
    private static final ByteString PIN = ROOT.publicKey("").raw();
    private static final PublisherKey PUBLISHER =
            SigningKey.ofSecret(Digest.sha256(new byte[] {2}).bytes()).publicKey("vendor");
    private static final Publishers LIST = new Publishers(4, List.of(PUBLISHER));

    @Test
    void theListThatTheRootSignedIsBelieved() {
        Publishers opened = Publishers.open(LIST.seal(ROOT), PIN, 4);
        assertThat(opened).isEqualTo(LIST);
        assertThat(opened.keys().getFirst().name()).isEqualTo("vendor");
    }

    @Test
    void aListOfAnotherSignerIsNot() {
        SigningKey thief = SigningKey.ofSecret(Digest.sha256(new byte[] {3}).bytes());
        assertThatThrownBy(() -> Publishers.open(LIST.seal(thief), PIN, 0))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("root");
    }

    @Test
    void anOlderListThanOneSeenBeforeIsNot() {
        assertThatThrownBy(() -> Publishers.open(LIST.seal(ROOT), PIN, 5))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("version 5 was seen before");
    }

    @Test
    void somethingElseThatTheRootSignedIsNoList() {
        ByteString other = ByteString.of(
                Envelope.sign("text/plain", ByteString.of(LIST.bytes()), ROOT).toBytes());
        assertThatThrownBy(() -> Publishers.open(other, PIN, 0)).isInstanceOf(UntrustedContentException.class);
    }
}
