package dev.byway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A page under {@code docs/} that is made from the code. The test that makes it fails when the page in the tree differs,
 * and writes it when run with {@code -Dbyway.docs.write}.
 */
public final class GeneratedPage {
    private static final String COMMAND = "mvn -q -pl core -am test -Dtest='*PageTest'"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dbyway.docs.write=true";
    private static final String MARK =
            "<!-- Made from the code. Do not edit; change the code and run: " + COMMAND + " -->\n\n";

    private final String name;
    private final Path file;

    private GeneratedPage(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /** The page of this name, seen from the root of the tree. */
    public static GeneratedPage at(String name) {
        String root = Optional.ofNullable(System.getProperty("byway.root"))
                .orElseThrow(() -> new IllegalStateException("set -Dbyway.root to the root of the source tree"));
        return new GeneratedPage(name, Path.of(root, name));
    }

    /** Fails with the command that mends it, unless the page in the tree has this text. */
    public void mustBe(String text) {
        String whole = MARK + text;
        try {
            if (Boolean.getBoolean("byway.docs.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, whole);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s is out of date; run: %s", name, COMMAND)
                    .isEqualTo(whole);
        } catch (IOException e) {
            fail(file + " cannot be read or written: " + e, e);
        }
    }
}
