package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.ByteString;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    /** RFC 8032 section 7.1, test 1. */
    private static final byte[] SECRET =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    @Test
    void keysAndSignaturesAreThoseOfRfc8032() {
        SigningKey key = SigningKey.ofSecret(SECRET);

        assertThat(key.publicKey("").raw()).hasToString(PUBLIC);
        assertThat(key.sign(new byte[0])).hasToString(SIGNATURE);
        assertThat(key.publicKey("").verifies(new byte[0], key.sign(new byte[0])))
                .isTrue();
        assertThat(key.publicKey("").verifies(new byte[1], key.sign(new byte[0])))
                .isFalse();
        assertThat(key.publicKey("").verifies(new byte[0], ByteString.of(new byte[63])))
                .isFalse();
        assertThat(key.publicKey("").verifies(new byte[0], ByteString.of(new byte[64])))
                .isFalse();
    }

    @Test
    void idIsTheSha256OfThePublicKey() {
        PublisherKey key = SigningKey.ofSecret(SECRET).publicKey("");

        assertThat(key.id())
                .isEqualTo(Digest.sha256(HexFormat.of().parseHex(PUBLIC)).toString());
    }

    @Test
    void publicKeyIsOneLine() {
        PublisherKey key = SigningKey.ofSecret(SECRET).publicKey("Example Builds 2026");

        assertThat(key)
                .hasToString("byway-publisher-ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo Example Builds 2026");
        assertThat(PublisherKey.parse("  " + key + "\n")).isEqualTo(key).hasToString(key.toString());
        assertThat(PublisherKey.parse(key.toString().substring(0, key.toString().indexOf(' '))))
                .as("the name does not make another key")
                .isEqualTo(key)
                .hasSameHashCodeAs(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "byway-publisher-ed25519:",
                "byway-publisher-ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR",
                "byway-publisher-ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                "byway-publisher-ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp",
                "byway-publisher-ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "byway-publisher-rsa:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "byway-publisher-ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo a\u0007b",
                "-----BEGIN PRIVATE KEY-----"
            })
    void whatIsNotAPublicKeyIsRefused(String line) {
        assertThatThrownBy(() -> PublisherKey.parse(line)).isInstanceOf(KeyFormatException.class);
    }

    @Test
    void bytesThatAreNoPointOfTheCurveAreRefused() {
        byte[] two = new byte[32];
        two[0] = 2;

        assertThatThrownBy(() -> PublisherKey.of(ByteString.of(two), "")).isInstanceOf(KeyFormatException.class);
        assertThatThrownBy(() -> PublisherKey.of(ByteString.of(new byte[31]), ""))
                .hasMessageContaining("32 bytes");
    }

    @Test
    void listSkipsCommentsAndNamesTheBadLine() {
        PublisherKey a = Samples.ALICE.publicKey("Alice");
        PublisherKey b = Samples.MALLORY.publicKey("");

        assertThat(PublisherKey.parseList("# ours\n\n" + a + "\r\n  " + b + "\n"))
                .containsExactly(a, b);
        assertThatThrownBy(() -> PublisherKey.parseList(a + "\nnonsense"))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageStartingWith("line 2: ");
        assertThatThrownBy(() -> PublisherKey.parseList((a + "\n").repeat(PublisherKey.MAX_LIST + 1)))
                .hasMessageContaining("1024");
    }

    @Test
    void privateKeyIsPkcs8InPem() {
        SigningKey key = SigningKey.ofSecret(SECRET);

        assertThat(key.toPem()).isEqualTo("""
                        -----BEGIN PRIVATE KEY-----
                        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                        -----END PRIVATE KEY-----
                        """);
        assertThat(SigningKey.parsePem(key.toPem()).publicKey("")).isEqualTo(key.publicKey(""));
        assertThat(SigningKey.parsePem("\n" + key.toPem().replace("\n", "\r\n") + "\n")
                        .publicKey(""))
                .isEqualTo(key.publicKey(""));
    }

    @Test
    void keyThatOpensslMadeIsRead() {
        SigningKey key = SigningKey.parsePem("""
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIO/tY+RjHGKBt0vdLbqMKTiEu3ci8BKylEZYEUP3k3KS
                -----END PRIVATE KEY-----
                """);

        assertThat(key.publicKey("").raw())
                .hasToString("995ebb2cac6dc3935fdc107cda7bc23f50e19cd62cc15fc7e52e4b70db18908f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MC4CAQAwBQYDK2VwBCIEIO/tY+RjHGKBt0vdLbqMKTiEu3ci8BKylEZYEUP3k3KS",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n=A==\n-----END PRIVATE KEY-----",
                // X25519
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIIh6TJQ40Kk5FlO8qvjVOHjsLXtk9UfpHyODHrSMZq5S\n"
                        + "-----END PRIVATE KEY-----",
                // EC P-256
                """
                -----BEGIN PRIVATE KEY-----
                MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg75b5Z1SztepMwHzn
                rvFAjufCwQ6yUtpShiZuXz9iz1yhRANCAARB52WxCk8fejYiB8SFFLHa4mn7YN1j
                EaYuZVEswDSJbvdkWwa+g/QvOxjEodMw9EQd9qFK9VAI6Ed7UUjEseqr
                -----END PRIVATE KEY-----
                """,
                "-----BEGIN EC PRIVATE KEY-----\nMC4CAQAw\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END EC PRIVATE KEY-----"
            })
    void whatIsNotAnEd25519PrivateKeyIsRefusedWithoutShowingIt(String pem) {
        assertThatThrownBy(() -> SigningKey.parsePem(pem))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageNotContaining("MC4C")
                .hasMessageNotContaining("MIGH")
                .hasNoCause();
    }

    @Test
    void encryptedKeyAndSwappedKeysAreSaidSo() {
        assertThatThrownBy(() -> SigningKey.parsePem(
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGb\n-----END ENCRYPTED PRIVATE KEY-----\n"))
                .hasMessageContaining("decrypt it first");
        assertThatThrownBy(() -> SigningKey.parsePem(Samples.ALICE.publicKey("").toString()))
                .hasMessageContaining("this is a public key");
        assertThatThrownBy(() -> PublisherKey.parse(Samples.ALICE.toPem()))
                .hasMessageContaining("this is a private key");
    }

    @Test
    void secretNeverShows() {
        assertThat(SigningKey.ofSecret(SECRET).toString())
                .doesNotContain("9d61b1", "nWGxne")
                .contains(SigningKey.ofSecret(SECRET).publicKey("").id());
        assertThatThrownBy(() -> SigningKey.ofSecret(new byte[31])).isInstanceOf(KeyFormatException.class);
    }
}
