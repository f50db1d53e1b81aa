package dev.byway.agent.origin;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
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

    /**
     * Why a request must not be sent, or empty to let it pass.
     *
     * @param uri the address, without userinfo
     * @param addresses all that its host resolved to; empty when a proxy resolves it, so that a check that cannot do
     *     without addresses must refuse
     */
    Optional<String> refusal(URI uri, List<InetAddress> addresses);
}
