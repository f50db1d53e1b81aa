package dev.byway.cli.command;

import java.io.IOException;
import java.io.InputStream;

/** Ends this process when its standard input ends: so that what the demo started cannot outlive it, however it ends. */
public final class EndWithInput {
    private EndWithInput() {}

    /** From now on. */
    public static void watch(InputStream in) {
        Thread.ofPlatform().daemon().name("end-with-input").start(() -> {
            waitForEnd(in);
            System.exit(ExitCode.DONE.number());
        });
    }

    private static void waitForEnd(InputStream in) {
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (IOException e) {
            return;
        }
    }
}
