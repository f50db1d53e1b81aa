package dev.byway.core.doctor;

import dev.byway.core.account.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of going to the coordinator step by step, as far as it went.
 *
 * @param host of its URL
 * @param port of its URL
 * @param addresses that the name has; empty when it has none
 * @param unconnected why no connection stands, when none does
 * @param broken why there was no TLS, when there was none
 * @param untrusted why the certificate is not the coordinator's, when it is not
 * @param issuer who signed the certificate that was shown, or empty text
 * @param ahead how far this device's clock is ahead of what answered; negative when it is behind
 */
public record CoordinatorSeen(
        String host,
        int port,
        List<String> addresses,
        Optional<String> unconnected,
        Optional<String> broken,
        Optional<Doubt> untrusted,
        String issuer,
        Optional<Duration> ahead) {
    public CoordinatorSeen {
        addresses = List.copyOf(addresses);
        issuer = PlainText.of(issuer);
    }

    /**
     * Why a certificate is not believed.
     *
     * @param stranger whether it does not even lead to the fleet's authority
     */
    public record Doubt(boolean stranger, String why) {
        public Doubt {
            why = PlainText.of(why);
        }
    }

    /** What keeps calls from coming through, if anything does. */
    Optional<String> trouble() {
        return addresses.isEmpty()
                ? Optional.of(host + " has no address here")
                : unconnected.or(() -> broken).or(() -> untrusted.map(Doubt::why));
    }

    /** How far it came: the more, the farther. */
    int steps() {
        return addresses.isEmpty() ? 0 : unconnected.isPresent() ? 1 : trouble().isPresent() ? 2 : 3;
    }

    /** A name without an address. */
    public static CoordinatorSeen unresolved(String host, int port) {
        return new CoordinatorSeen(
                host, port, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty());
    }
}
