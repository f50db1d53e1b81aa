package dev.byway.core.doctor.microsoft;

import dev.byway.core.account.PlainText;

/** What came of connecting to a neighbour's port of peers. */
public sealed interface PeerSeen {
    /** Nobody was named. */
    record Unnamed() implements PeerSeen {}

    /** The name has no address. */
    record Unresolved(String why) implements PeerSeen {
        public Unresolved {
            why = PlainText.of(why);
        }
    }

    /** It takes connections. */
    record Connected() implements PeerSeen {}

    /** It says that nothing listens. */
    record Refused() implements PeerSeen {}

    /** No answer came. */
    record Silent(String why) implements PeerSeen {
        public Silent {
            why = PlainText.of(why);
        }
    }
}
