package dev.byway.e2e.nat;

/** On what of the remote end a NAT's choice depends (RFC 4787, sections 4.1 and 5). */
enum Behaviour {
    /** One choice for all the world. */
    ENDPOINT_INDEPENDENT,
    /** One for each remote address. */
    ADDRESS_DEPENDENT,
    /** One for each remote address and port. */
    ADDRESS_AND_PORT_DEPENDENT
}
