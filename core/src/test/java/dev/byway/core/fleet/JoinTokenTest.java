package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
    private static final JoinToken TOKEN = token(List.of("https://byway.example:8443", "https://192.0.2.1"));

    @Test
    void readsWhatItWrote() {
        assertThat(JoinToken.parse(TOKEN.text())).isEqualTo(TOKEN);
        assertThat(TOKEN.text()).startsWith("byway-join-").hasSizeLessThanOrEqualTo(FleetLimits.TOKEN_TEXT);
    }

    @Test
    void survivesLineBreaksAndSpaces() {
        assertThat(JoinToken.parse("  " + TOKEN.text().replaceAll("(.{60})", "$1\r\n") + "\n"))
                .isEqualTo(TOKEN);
    }

    @Test
    void everyChangedCharacterIsATypingError() {
        String text = TOKEN.text();
        for (int i = "byway-join-".length(); i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> JoinToken.parse(changed))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("typing error");
        }
    }

    @Test
    void aTokenCutShortIsATypingErrorAndOtherTextIsNoToken() {
        assertThatThrownBy(() -> JoinToken.parse(TOKEN.text().substring(0, 100)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("incomplete");
        assertThatThrownBy(() -> JoinToken.parse("hello"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("byway-join-");
        assertThatThrownBy(() -> JoinToken.parse("x".repeat(5000))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aTokenThatWouldBeTooLongIsNotMade() {
        String url = "https://" + "a".repeat(60) + "." + "b".repeat(60) + ".example";
        assertThatThrownBy(() -> token(List.of(url, url, url, url)).text())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shorter");
    }

    @Test
    void onlyPlainHttpsUrlsNameACoordinator() {
        for (String bad : List.of(
                "http://a.example",
                "https://a.example/path",
                "https://u:p@a.example",
                "https://a.example?x",
                "ftp:a")) {
            assertThatThrownBy(() -> token(List.of(bad))).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void neverPrintsItsSecret() {
        assertThat(TOKEN.toString()).doesNotContain(TOKEN.secret().bytes().toString());
    }

    @Test
    void adminTokensReadWhatTheyWroteAndAreNoJoinTokens() {
        AdminToken admin = new AdminToken(TOKEN.secret(), TOKEN.authority());
        assertThat(AdminToken.parse(admin.text())).isEqualTo(admin);
        assertThatThrownBy(() -> AdminToken.parse(TOKEN.text())).isInstanceOf(MalformedMessageException.class);
        assertThat(admin.toString()).doesNotContain(admin.bearer());
    }

    private static JoinToken token(List<String> urls) {
        return new JoinToken(
                ByteString.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
                new Secret(ByteString.of(Digest.sha256(new byte[] {2}).bytes())),
                urls,
                Digest.sha256(new byte[] {1}),
                ByteString.of(new byte[32]),
                Instant.ofEpochSecond(1_800_000_000L),
                25,
                List.of(new AccessGroup("builders"), new AccessGroup("artists")));
    }
}
