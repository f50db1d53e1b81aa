package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an origin's URLs and headers mean: freshness, privacy, places beside a file. */
class OriginRulesTest {
    private static final URI URL = Samples.URL;

    @Test
    void silentOriginLeavesTheManifestInUse() {
        assertThat(Freshness.judge(Samples.manifest(), Optional.empty())).isEqualTo(new Freshness.NotKnown());
        Freshness nothing = Freshness.judge(Samples.manifest(), Optional.of(Validators.NONE));
        assertThat(nothing).isEqualTo(new Freshness.NotKnown());
        assertThat(nothing.isManifestUsable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'\"v1\"', 'Thu, 19 Nov 2026 08:00:00 GMT', 6, -",
                "'W/\"v1\"', -, -, -",
                "'\"v1\"', 'Fri, 20 Nov 2026 08:00:00 GMT', 6, -",
                "-, 'Thu, 19 Nov 2026 08:00:00 GMT', -, -",
                "-, -, 6, -",
                "'\"v1\"', -, 7, length",
                "'\"v2\"', 'Thu, 19 Nov 2026 08:00:00 GMT', 6, ETag",
                "'W/\"v2\"', -, 6, ETag",
                "-, 'Thu, 19 Nov 2026 08:00:01 GMT', 6, Last-Modified",
                "unquoted, 'Thu, 19 Nov 2026 08:00:01 GMT', 6, Last-Modified"
            })
    void originThatStatesOtherValidatorsHasChanged(
            @Nullable String etag, @Nullable String date, @Nullable Long length, @Nullable String changed) {
        Validators now = Validators.ofHeaders(
                Optional.ofNullable(etag),
                Optional.ofNullable(date),
                length == null ? OptionalLong.empty() : OptionalLong.of(length));

        Freshness freshness = Freshness.judge(Samples.manifest(), Optional.of(now));

        assertThat(freshness.isManifestUsable()).isEqualTo(changed == null);
        if (freshness instanceof Freshness.Changed difference) {
            assertThat(difference.validator()).isEqualTo(changed);
            assertThat(difference.message()).startsWith("changed at the origin: its " + changed + " is ");
        } else {
            assertThat(freshness).isEqualTo(new Freshness.Unchanged());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "\"a\"b\"", "\"a", "w/\"a\"", "\"\u0007\"", "\"\u20ac\"", "\"a b\""})
    void malformedValidatorsCountAsAbsent(String etag) {
        assertThat(Validators.ofHeaders(Optional.of(etag), Optional.of(etag), OptionalLong.of(-1)))
                .isEqualTo(Validators.NONE);
        assertThatThrownBy(() -> new Validators(Optional.of(etag), Optional.empty(), OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void validatorsHaveLimits() {
        String longest = "\"" + "x".repeat(Validators.MAX_ETAG - 2) + "\"";
        assertThat(Validators.ofHeaders(Optional.of(longest), Optional.empty(), OptionalLong.empty())
                        .etag())
                .contains(longest);
        assertThat(Validators.ofHeaders(Optional.of("W/" + longest), Optional.empty(), OptionalLong.empty())
                        .etag())
                .isEmpty();
        assertThatThrownBy(() -> new Validators(
                        Optional.empty(), Optional.of(Instant.parse("+12345-01-01T00:00:00Z")), OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void plainHttpsRequestMayBeShared() {
        assertThat(reasons(List.of(URL), Set.of(), List.of())).isEmpty();
        assertThat(reasons(List.of(URL), Set.of("User-Agent"), List.of("public, max-age=60")))
                .isEmpty();
        assertThat(reasons(List.of(URL, URI.create("https://cdn.example.net/x?signature=1")), Set.of(), List.of()))
                .as("the query of a redirect is the origin's own")
                .isEmpty();
    }

    @Test
    void everythingElseIsPrivateAndEveryReasonIsNamed() {
        assertThat(reasons(List.of(URI.create("http://example.org/a")), Set.of(), List.of()))
                .containsExactly(PrivateReason.NOT_HTTPS);
        assertThat(reasons(List.of(URL, URI.create("http://example.org/a")), Set.of(), List.of()))
                .containsExactly(PrivateReason.NOT_HTTPS);
        assertThat(reasons(List.of(URI.create("https://u:p@example.org/a")), Set.of(), List.of()))
                .containsExactly(PrivateReason.USER_INFO);
        assertThat(reasons(List.of(URL), Set.of("AUTHORIZATION"), List.of()))
                .containsExactly(PrivateReason.CREDENTIALS);
        assertThat(reasons(List.of(URL), Set.of("Cookie"), List.of())).containsExactly(PrivateReason.CREDENTIALS);
        assertThat(reasons(List.of(URL), Set.of("X-Edition"), List.of()))
                .containsExactly(PrivateReason.SPECIAL_HEADERS);
        assertThat(reasons(List.of(URL), Set.of(), List.of("max-age=1, Private")))
                .containsExactly(PrivateReason.CACHE_PRIVATE);
        assertThat(reasons(List.of(URL), Set.of(), List.of("private=\"set-cookie\"")))
                .containsExactly(PrivateReason.CACHE_PRIVATE);
        assertThat(reasons(List.of(URL), Set.of(), List.of("max-age=1", "no-store")))
                .containsExactly(PrivateReason.CACHE_NO_STORE);
        assertThat(reasons(List.of(URI.create(URL + "?v=1")), Set.of(), List.of()))
                .containsExactly(PrivateReason.QUERY);
        assertThat(reasons(
                        List.of(URI.create("http://u@example.org/a?b")),
                        Set.of("cookie", "x"),
                        List.of("private, no-store")))
                .containsExactly(PrivateReason.values());
    }

    @Test
    void ruleMayAllowAQuery() {
        URI query = URI.create(URL + "?v=1");

        assertThat(new SharingRequest(List.of(query), Set.of(), List.of(), true).privateReasons())
                .isEmpty();
    }

    @Test
    void reasonsHaveStableCodes() {
        assertThat(PrivateReason.NOT_HTTPS.code()).isEqualTo("private-not-https");
        assertThat(PrivateReason.CACHE_NO_STORE.code()).isEqualTo("private-cache-no-store");
        assertThat(Refusal.WRONG_SIGNATURE.code()).isEqualTo("wrong-signature");
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@example.org:8443/a/b%20c;x?token=1#f, https://example.org:8443/a/b%20c;x",
        "https://example.org/a, https://example.org/a",
        "https://example.org?q, https://example.org",
        "https://user:pw@under_score/a?b, https://under_score/a",
        "https://a@b@c/d, https://c/d",
        "https://[::1]:80/a?b, https://[::1]:80/a",
        "mailto:someone@example.org?subject=secret, mailto:redacted",
        "/a/b?c, /a/b",
        "file:///etc/passwd, file:/etc/passwd"
    })
    void redactionDropsUserInformationQueryAndFragment(String url, String redacted) {
        assertThat(UrlPrivacy.redact(URI.create(url))).hasToString(redacted);
    }

    @Test
    void statementsLieBesideTheFile() {
        assertThat(SidecarUrls.manifest(URL)).contains(URI.create(URL + ".byway"));
        assertThat(DigestPlace.SHA256_FILE.of(URL)).contains(URI.create(URL + ".sha256"));
        assertThat(DigestPlace.SHA256SUMS.of(URL)).contains(URI.create("https://example.org/files/SHA256SUMS"));
        assertThat(SidecarUrls.fileName(URI.create("https://example.org/a/b%20c#x")))
                .contains("b c");
        assertThat(SidecarUrls.manifest(URI.create("https://u:p@example.org/a#f")))
                .contains(URI.create("https://example.org/a.byway"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a?b", "https://example.org", "ftp://example.org/a", "mailto:a@b"})
    void urlsWithoutAFileHaveNothingBesideThem(String url) {
        assertThat(SidecarUrls.manifest(URI.create(url))).isEmpty();
        assertThat(DigestPlace.SHA256_FILE.of(URI.create(url))).isEmpty();
        assertThat(DigestPlace.SHA256SUMS.of(URI.create(url))).isEmpty();
    }

    @Test
    void originIsSchemeHostAndPort() {
        assertThat(WebOrigin.of(URI.create("HTTPS://Example.ORG/a")))
                .contains(new WebOrigin("https", "example.org", 443));
        assertThat(WebOrigin.of(URI.create("http://example.org:81/a")))
                .contains(new WebOrigin("http", "example.org", 81));
        assertThat(WebOrigin.of(URI.create("ftp://example.org/a"))).isEmpty();
        assertThat(WebOrigin.of(URI.create("/a"))).isEmpty();
    }

    private static List<PrivateReason> reasons(List<URI> hops, Set<String> headers, List<String> cacheControl) {
        return new SharingRequest(hops, headers, cacheControl, false).privateReasons();
    }
}
