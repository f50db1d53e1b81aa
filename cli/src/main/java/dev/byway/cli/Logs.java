package dev.byway.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** Logs of the program and its libraries: warnings and worse, one line each, on standard error. */
final class Logs {
    private static final String CONFIGURATION = """
            handlers=java.util.logging.ConsoleHandler
            .level=WARNING
            java.util.logging.ConsoleHandler.level=ALL
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%n
            """;

    private Logs() {}

    static void toStandardError() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }
}
