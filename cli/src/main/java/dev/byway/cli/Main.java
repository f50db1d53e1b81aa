package dev.byway.cli;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Outlet;
import dev.byway.cli.command.Surroundings;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.toStandardError();
        Outlet outlet = Outlet.ofThisProcess();
        Console console = Console.system(outlet);
        int exitCode = Byway.run(arguments, console, Surroundings.ofThisProcess());
        console.out().flush();
        System.exit(outlet.loss().map(why -> lost(console, why, exitCode)).orElse(exitCode));
    }

    private static int lost(Console console, String why, int exitCode) {
        console.err()
                .println("byway: standard output could not be written (" + why
                        + "), so that the answer is not whole: write it to another place");
        return exitCode == ExitCode.DONE.number() ? ExitCode.FAILED.number() : exitCode;
    }
}
