package dev.byway.agent.link;

import java.lang.System.Logger.Level;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What links write to the log. */
final class LinkLog {
    private static final System.Logger LOG = System.getLogger("dev.byway.agent.link");

    private LinkLog() {}

    static void defect(String what, Throwable cause) {
        LOG.log(Level.ERROR, what, cause);
    }

    /** A connection that did not become a link: port scans, other programs, other fleets. */
    static void stranger(Socket tcp, @Nullable String why) {
        LOG.log(Level.DEBUG, () -> "no link from " + tcp.getInetAddress() + ": " + why);
    }

    static void trouble(String what) {
        LOG.log(Level.WARNING, what);
    }
}
