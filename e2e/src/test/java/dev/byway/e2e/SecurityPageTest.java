package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names tests for attacks: each is there, as a test. */
class SecurityPageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("byway.root", "..")).toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Properties))(?:#(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|Property|Example)\\b");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Map<String, String> sources = tests();
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        assertThat(NAMED.matcher(page).results())
                .hasSizeGreaterThan(100)
                .allSatisfy(named ->
                        assertThat(isThere(named, sources)).as(named.group()).isTrue());
    }

    private static boolean isThere(MatchResult named, Map<String, String> sources) {
        String source = sources.getOrDefault(named.group(1), "");
        return named.group(2) == null ? !source.isEmpty() : isTest(source, " void " + named.group(2) + "(");
    }

    /** Whether a method of this name is a test: annotated so, since the method before it ended. */
    private static boolean isTest(String source, String method) {
        int at = source.indexOf(method);
        String before = source.substring(0, Math.max(0, at));
        String annotations = before.substring(Math.max(0, before.lastIndexOf("\n    }\n")));
        return at >= 0 && TEST.matcher(annotations).find();
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> all.put(file.getFileName().toString().replace(".java", ""), read(file)));
        }
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
