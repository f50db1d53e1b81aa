package dev.byway.core.doctor;

import dev.byway.core.account.PlainText;

/** What came of looking at the tunnel through NATs. */
public sealed interface TunnelSeen {
    /** Nobody could look. */
    record Unseen(String because) implements TunnelSeen {
        public Unseen {
            because = PlainText.of(because);
        }
    }

    /**
     * It is not used.
     *
     * @param why the setting that says so, for people
     */
    record Off(String why) implements TunnelSeen {
        public Off {
            why = PlainText.of(why);
        }
    }

    /** It was looked at. */
    record Seen(TunnelFacts facts) implements TunnelSeen {}
}
