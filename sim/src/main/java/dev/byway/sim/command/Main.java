package dev.byway.sim.command;

import picocli.CommandLine;

/** The program behind {@code byway sim}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
