package dev.byway.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as it was built: {@code byway}, without building it again. */
public final class Program {
    private Program() {}

    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "BYWAY_NO_BUILD=1", launcher()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String launcher() {
        return Path.of(System.getProperty("byway.root", ".."))
                .toAbsolutePath()
                .normalize()
                .resolve("byway")
                .toString();
    }
}
