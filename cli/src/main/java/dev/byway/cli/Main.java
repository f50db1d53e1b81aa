package dev.byway.cli;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Surroundings;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.toStandardError();
        System.exit(Byway.run(arguments, Console.system(), Surroundings.ofThisProcess()));
    }
}
