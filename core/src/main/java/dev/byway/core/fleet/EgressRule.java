package dev.byway.core.fleet;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a request may go whose URL someone else chose: never to this machine, its link or a private network, unless the
 * administrator listed the prefix. To be asked for the address that the connection will really use, after DNS and again
 * after every redirect; an answer about a name would be worth nothing.
 *
 * @param listed prefixes that are allowed whatever their class
 */
public record EgressRule(List<Prefix> listed) {
    public EgressRule {
        listed = List.copyOf(listed);
    }

    /** Why a connection to {@code target} is refused: its class; empty when it is allowed. */
    public Optional<AddressClass> refusal(InetAddress target) {
        AddressClass meaning = AddressClass.of(target);
        boolean allowed = meaning == AddressClass.GLOBAL || listed.stream().anyMatch(prefix -> prefix.contains(target));
        return allowed ? Optional.empty() : Optional.of(meaning);
    }
}
