package dev.byway.cli;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of the program inside the test.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
    /** Runs {@code byway} with these arguments in {@code folder}, whose {@code state} is the state folder. */
    static CommandRun in(Path folder, String... arguments) {
        return withInput(folder, "", arguments);
    }

    static CommandRun withInput(Path folder, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                OptionalInt.empty());
        Map<String, String> variables =
                Map.of("BYWAY_STATE", folder.resolve("state").toString());
        Surroundings surroundings = new Surroundings(Platform.LINUX, variables, folder, false, folder);
        int exitCode = Byway.run(arguments, console, surroundings);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one object on standard output. */
    ObjectNode json() {
        return Json.parse(out.strip());
    }
}
