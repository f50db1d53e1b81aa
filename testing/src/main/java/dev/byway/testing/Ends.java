package dev.byway.testing;

import java.io.Closeable;
import java.io.IOException;

/** Closes what a server of the tests has open. */
final class Ends {
    private Ends() {}

    static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException _) {
            // it is closed, which is what was wanted
        }
    }
}
