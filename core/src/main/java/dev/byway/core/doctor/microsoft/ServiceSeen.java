package dev.byway.core.doctor.microsoft;

import dev.byway.core.account.PlainText;
import java.util.Optional;

/** What came of going to a service step by step: its name, a connection, TLS. */
public record ServiceSeen(MicrosoftHost host, Step last) {
    /** How far it came. */
    public sealed interface Step {}

    /** The name has no address. */
    public record Unresolved(String why) implements Step {
        public Unresolved {
            why = PlainText.of(why);
        }
    }

    /** No connection stands. */
    public record Unconnected(String why) implements Step {
        public Unconnected {
            why = PlainText.of(why);
        }
    }

    /** A connection stands, and no TLS came about for a reason that is not the certificate. */
    public record Broken(String why) implements Step {
        public Broken {
            why = PlainText.of(why);
        }
    }

    /**
     * The certificate is not believed.
     *
     * @param issuer who signed it, or empty text
     * @param stranger whether it leads to no authority that is trusted here; else something else is wrong with it
     */
    public record Doubted(String issuer, boolean stranger, String why) implements Step {
        public Doubted {
            issuer = PlainText.of(issuer);
            why = PlainText.of(why);
        }
    }

    /**
     * TLS stands, with a certificate that is trusted here.
     *
     * @param issuer who signed it
     */
    public record Trusted(String issuer) implements Step {
        public Trusted {
            issuer = PlainText.of(issuer);
        }
    }

    Optional<String> unresolved() {
        return last instanceof Unresolved(String why) ? Optional.of(why) : Optional.empty();
    }

    Optional<String> unconnected() {
        return last instanceof Unconnected(String why) ? Optional.of(why) : Optional.empty();
    }
}
