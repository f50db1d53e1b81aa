package dev.byway.e2e.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A program that runs on a host, its outputs in two files. Dies at {@link #close}. */
public final class Running implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final long POLL = Duration.ofMillis(20).toNanos();

    private final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What it printed so far. */
    public String output() {
        return read(out);
    }

    /** What it complained about so far. */
    public String errors() {
        return read(err);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for a line that starts so, and returns it.
     *
     * @throws LabException when it ends, or is silent for too long, before that
     */
    public String awaitLine(String start, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            var line = output().lines().filter(l -> l.startsWith(start)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (ended || System.nanoTime() > until) {
                throw new LabException("no line '" + start + "…' within " + patience
                        + (ended ? ": it ended with " + process.exitValue() : "") + "; it said: " + output()
                        + errors());
            }
            LockSupport.parkNanos(POLL);
        }
    }

    /**
     * Waits for its end and returns its exit code.
     *
     * @throws LabException when it takes longer
     */
    public int awaitEnd(Duration patience) {
        if (!endsWithin(patience)) {
            throw new LabException("still running after " + patience + "; it said: " + output() + errors());
        }
        return process.exitValue();
    }

    /** Waits for its end, for so long; says whether it came. */
    public boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for a program's end", e);
        }
    }

    /** Waits until it has ended, or {@code condition} holds; says whether it has ended. */
    public boolean endsBefore(BooleanSupplier condition, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && !condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new LabException("nothing happened within " + patience + "; it said: " + output() + errors());
            }
            LockSupport.parkNanos(POLL);
        }
        return !process.isAlive();
    }

    /** Sends it a signal, {@code STOP} for example. */
    public void signal(String name) {
        Shell.run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    /** As {@code kill -9}; returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        endsWithin(STOP);
    }

    /** Asks it to end, and makes it. */
    @Override
    public void close() {
        process.destroy();
        if (!endsWithin(STOP)) {
            kill();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LabException("cannot read " + file, e);
        }
    }
}
