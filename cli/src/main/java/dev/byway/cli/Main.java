package dev.byway.cli;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Surroundings;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.toStandardError();
        int exitCode = Byway.commandLine(Console.system(), Surroundings.ofThisProcess())
                .execute(arguments);
        System.exit(exitCode);
    }
}
