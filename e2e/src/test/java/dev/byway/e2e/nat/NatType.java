package dev.byway.e2e.nat;

/**
 * The four NATs of RFC 3489, section 5, by which Teredo (RFC 4380) sorts the world. Their names say two things at once, which
 * RFC 4787 keeps apart:
 *
 * <ul>
 *   <li><b>mapping</b>: which public port the packets of an inside socket leave from. A cone keeps one port whoever they are
 *       for, so what a server saw is where anyone can send to; a symmetric NAT takes a new port for every remote end, and what
 *       the server saw helps no one else.
 *   <li><b>filtering</b>: whose packets to that public port are let in: anyone's, those of addresses that the socket has sent
 *       to, or only those of the very ends that it has sent to.
 * </ul>
 *
 * <p>{@link NatRules} makes them of nftables, one chain for each of the two.
 */
public enum NatType {
    /** One port for all the world, open for all the world. */
    FULL_CONE(Behaviour.ENDPOINT_INDEPENDENT, Behaviour.ENDPOINT_INDEPENDENT),
    /** One port for all the world, open for addresses that were sent to. */
    RESTRICTED(Behaviour.ENDPOINT_INDEPENDENT, Behaviour.ADDRESS_DEPENDENT),
    /** One port for all the world, open for the ports of addresses that were sent to. */
    PORT_RESTRICTED(Behaviour.ENDPOINT_INDEPENDENT, Behaviour.ADDRESS_AND_PORT_DEPENDENT),
    /** A random port for each remote end, open for that alone. */
    SYMMETRIC(Behaviour.ADDRESS_AND_PORT_DEPENDENT, Behaviour.ADDRESS_AND_PORT_DEPENDENT);

    private final Behaviour mapping;
    private final Behaviour filtering;

    NatType(Behaviour mapping, Behaviour filtering) {
        this.mapping = mapping;
        this.filtering = filtering;
    }

    Behaviour mapping() {
        return mapping;
    }

    Behaviour filtering() {
        return filtering;
    }
}
