package dev.byway.e2e.nat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of the tests as a program for a host of the lab. */
final class JavaProgram {
    private JavaProgram() {}

    static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
