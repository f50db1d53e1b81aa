package dev.byway.origin;

import dev.byway.core.fleet.AddressClass;
import dev.byway.core.fleet.EgressRule;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides where a request may go: asked before every request, also after each redirect, with the addresses that the
 * name resolved to. The connection is then made to one of exactly these addresses, so a name that resolves differently
 * a moment later (DNS rebinding) gains nothing.
 */
@FunctionalInterface
public interface EgressCheck {
    /** Lets everything pass: for addresses that the user gave on their own word. */
    EgressCheck ALLOW_ALL = (_, _) -> Optional.empty();

    /** Lets pass what {@code rule} lets pass; a request through a proxy only when its host is an address. */
    static EgressCheck by(EgressRule rule) {
        return (_, addresses) -> addresses.isEmpty()
                ? Optional.of("a proxy would resolve the name, so nobody can tell where it leads")
                : addresses.stream()
                        .flatMap(address -> rule.refusal(address).stream().map(meaning -> sentence(address, meaning)))
                        .findFirst();
    }

    private static String sentence(InetAddress address, AddressClass meaning) {
        return address.getHostAddress() + " is "
                + meaning.name().toLowerCase(Locale.ROOT).replace('_', '-') + " and not listed in egress.allow";
    }

    /**
     * Why a request must not be sent, or empty to let it pass.
     *
     * @param uri the address, without userinfo
     * @param addresses all that its host resolved to; empty when a proxy resolves it, so that a check that cannot do
     *     without addresses must refuse
     */
    Optional<String> refusal(URI uri, List<InetAddress> addresses);
}
