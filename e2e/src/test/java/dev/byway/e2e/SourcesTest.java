package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must not be in the program's sources. */
class SourcesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("byway.root", "..")).toAbsolutePath().normalize();

    private final Map<Path, String> sources = sources();

    @Test
    void whoDecidesWhomTlsBelievesIsKnown() {
        assertThat(matching("X509(Extended)?TrustManager \\{|HostnameVerifier|disableHostnameVerification"))
                .containsExactlyInAnyOrder(
                        "PeerTrust.java",
                        "ExplainingTrustManager.java",
                        "PinnedAuthority.java",
                        "CertificateObserver.java", // believes nobody: for CoordinatorTrial, which tells nothing
                        "ExpectedKey.java",
                        "FleetTrust.java",
                        "RecordingTrust.java"); // asks another one, and remembers its no
    }

    @Test
    void hostNamesAreAlwaysCompared() {
        Pattern setting = Pattern.compile("setEndpointIdentificationAlgorithm\\(([^)]*)\\)");
        assertThat(sources.values().stream()
                        .flatMap(source -> setting.matcher(source).results()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.group(1)).isEqualTo("\"HTTPS\""));
    }

    /** Long hexadecimal numbers, base64 with digits, and keys in DER, which starts with 30 or MI or MC; prefixes of DER are none. */
    @Test
    void noSecretIsInTheSources() {
        assertThat(matching(
                        "\"(?!30)[0-9a-fA-F]{32,}\"|\"(?!30)(?=[^\"]*[0-9])[A-Za-z0-9+/_-]{40,}=*\"|M[IC][A-Za-z0-9+/]{38}"
                                + "|\"30[0-9a-fA-F]{62,}\""))
                .isEmpty();
    }

    private Stream<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return sources.entrySet().stream()
                .filter(source -> pattern.matcher(source.getValue()).find())
                .map(source -> source.getKey().getFileName().toString());
    }

    private static Map<Path, String> sources() {
        Map<Path, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> f.toString().contains("/src/main/"))
                    .filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*\\.(java|properties|ya?ml|json|html|js|sql)"))
                    .toList()) {
                all.put(file, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(all).as("sources below " + ROOT).hasSizeGreaterThan(300);
        return all;
    }
}
