package dev.byway.core.doctor;

import dev.byway.core.account.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of asking an origin for the second byte of a file.
 *
 * @param host that was asked
 * @param url of the file, without query and userinfo
 * @param proxy through which it was asked, and what names it; empty for none
 */
public record OriginSeen(String host, String url, Optional<String> proxy, Answer answer) {
    /** How far it came. */
    public sealed interface Answer {}

    /** That byte, as it was asked for. */
    public record Part() implements Answer {}

    /**
     * The whole file.
     *
     * @param length in bytes, when it was stated
     * @param offersParts whether the same answer says that bytes can be asked for
     * @param servers who took part in the answer, as its fields say: {@code Server: …}, {@code Via: …}
     */
    public record Whole(OptionalLong length, boolean offersParts, List<String> servers) implements Answer {
        public Whole {
            servers = servers.stream().map(PlainText::of).toList();
        }
    }

    /**
     * A no.
     *
     * @param status of HTTP
     * @param why in words
     */
    public record Refused(int status, String why) implements Answer {
        public Refused {
            why = PlainText.of(why);
        }
    }

    /** None, because of the proxy. */
    public record Barred(String why) implements Answer {
        public Barred {
            why = PlainText.of(why);
        }
    }

    /** None. */
    public record Silent(Step failed, String why) implements Answer {
        public Silent {
            why = PlainText.of(why);
        }
    }

    /** What it takes to get an answer, in this order. */
    public enum Step {
        NAME,
        CONNECTION,
        TLS,
        HTTP
    }
}
