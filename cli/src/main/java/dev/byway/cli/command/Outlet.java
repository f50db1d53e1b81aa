package dev.byway.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output as a command sees it, which remembers when it could not be written: a {@link java.io.PrintStream} swallows
 * that, and a script would take half an answer for the whole.
 */
public final class Outlet extends FilterOutputStream {
    private volatile Optional<IOException> trouble = Optional.empty();

    /** Over {@code out}. */
    public Outlet(OutputStream out) {
        super(out);
    }

    /** The process's own. */
    public static Outlet ofThisProcess() {
        return new Outlet(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            trouble = trouble.or(() -> Optional.of(e));
            throw e;
        }
    }

    /**
     * Why some of what was written is lost; empty when all arrived, and when the reader has gone because it wants no more, as
     * {@code head} does.
     */
    public Optional<String> loss() {
        return trouble.filter(e -> !isClosedPipe(e)).map(Trouble::of);
    }

    private static boolean isClosedPipe(IOException trouble) {
        String words = Trouble.of(trouble).toLowerCase(Locale.ROOT);
        return words.contains("broken pipe")
                || words.contains("pipe is being closed")
                || words.contains("pipe has been ended");
    }
}
