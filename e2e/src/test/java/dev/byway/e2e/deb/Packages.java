package dev.byway.e2e.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two packages of one version.
 *
 * @param files the program before the coordinator, which needs it
 */
record Packages(List<Path> files) {
    private static final Path PROJECT =
            Path.of(System.getProperty("byway.root", "..")).toAbsolutePath().normalize();

    static Packages build() throws IOException {
        Shell.run(List.of(
                "timeout",
                "15m",
                "env",
                "BYWAY_NO_BUILD=1",
                PROJECT.resolve("byway").toString(),
                "package"));
        return in(PROJECT.resolve("target/packages"));
    }

    private static Packages in(Path folder) throws IOException {
        try (Stream<Path> built = Files.list(folder)) {
            Packages packages = new Packages(
                    built.sorted(Comparator.comparingInt(path -> path.toString().length()))
                            .toList());
            assertThat(packages.files()).hasSize(2);
            return packages;
        }
    }

    /** The same under a higher version, made in a folder. */
    Packages next(Path folder) throws IOException {
        Path next = Files.createDirectories(folder.resolve("next"));
        for (Path each : files) {
            String tree = folder.resolve("tree-" + each.getFileName()).toString();
            Shell.run(List.of("dpkg-deb", "-R", each.toString(), tree));
            Shell.run(List.of(
                    "sed", "-Ei", "/^Version:/s/$/+next/; s/(byway \\(= [^)]*)/\\1+next/", tree + "/DEBIAN/control"));
            Shell.run(List.of("timeout", "5m", "dpkg-deb", "-Znone", "--build", tree, next.toString()));
        }
        return in(next);
    }

    /** What they hold, without being installed: the program, as somebody may unpack it anywhere. */
    void unpack(Path folder) {
        Shell.run(List.of("dpkg-deb", "-x", files.getFirst().toString(), folder.toString()));
    }
}
