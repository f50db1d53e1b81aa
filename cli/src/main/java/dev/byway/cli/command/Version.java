package dev.byway.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it down. */
public final class Version implements IVersionProvider {
    private static final String FILE = "/dev/byway/cli/version.txt";

    /** Such as {@code 0.1.0}. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "byway " + text(),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
        };
    }
}
