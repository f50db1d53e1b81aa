package dev.byway.core.doctor.microsoft;

import dev.byway.core.account.PlainText;

/** What came of asking a Teredo server. */
public sealed interface TeredoSeen {
    /** The name has no IPv4 address. */
    record Unresolved(String why) implements TeredoSeen {
        public Unresolved {
            why = PlainText.of(why);
        }
    }

    /** Nothing can be sent to it. */
    record Unsent(String why) implements TeredoSeen {
        public Unsent {
            why = PlainText.of(why);
        }
    }

    /**
     * No answer came.
     *
     * @param packets that were sent
     * @param seconds that were waited in all
     */
    record Silent(int packets, long seconds) implements TeredoSeen {}

    /**
     * It answered.
     *
     * @param mapped where it saw the question come from, {@code address:port}: what NATs made of this device
     */
    record Answered(String mapped) implements TeredoSeen {}
}
