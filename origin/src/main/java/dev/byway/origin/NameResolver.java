package dev.byway.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Blocks as long as the system's resolver does. */
@FunctionalInterface
interface NameResolver {
    /** The system's resolver. */
    NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses of {@code host}, at least one, the preferred first. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
