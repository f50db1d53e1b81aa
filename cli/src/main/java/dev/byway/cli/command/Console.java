package dev.byway.cli.command;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out for results
 * @param err for progress and trouble
 * @param columns width of the terminal behind {@code err}; empty when it is no terminal
 */
public record Console(InputStream in, PrintStream out, PrintStream err, OptionalInt columns) {
    /** Set by the launcher when standard error is a terminal: its width. */
    public static final String COLUMNS_PROPERTY = "byway.columns";

    private static final int MIN_COLUMNS = 20;
    private static final int MAX_COLUMNS = 500;

    /** The process's own, with standard output by way of {@code outlet}. */
    public static Console system(Outlet outlet) {
        PrintStream out = new PrintStream(new BufferedOutputStream(outlet), true, System.out.charset());
        return new Console(System.in, out, System.err, columns(Integer.getInteger(COLUMNS_PROPERTY, 0)));
    }

    private static OptionalInt columns(int given) {
        return given < MIN_COLUMNS ? OptionalInt.empty() : OptionalInt.of(Math.min(given, MAX_COLUMNS));
    }

    /** A warning: the command goes on. */
    public void warn(String message) {
        err.println("byway: warning: " + message);
    }
}
