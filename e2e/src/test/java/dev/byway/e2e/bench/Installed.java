package dev.byway.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has of the other programs, all of them Debian's. */
final class Installed {
    /** Debian's, for which its packages are; the first one on the path may be another. */
    static final String PYTHON = "/usr/bin/python3";

    private Installed() {}

    /** The package to install when a tool is missing. */
    static Optional<String> missing(String tool, String debianPackage) {
        boolean there = Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        return there ? Optional.empty() : Optional.of(tool + " is not installed (apt install " + debianPackage + ")");
    }

    /** The same for Python's libtorrent, which makes all torrents; version 2 or later. */
    static Optional<String> missingLibtorrent() {
        try {
            Process python = new ProcessBuilder(
                            PYTHON, "-c", "import libtorrent as lt; exit(0 if lt.version_major >= 2 else 1)")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (python.waitFor() == 0) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of("no " + PYTHON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of("libtorrent 2 is not installed (apt install python3-libtorrent)");
    }
}
