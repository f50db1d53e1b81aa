package dev.byway.agent;

import dev.byway.core.account.SourceKind;
import dev.byway.core.fleet.AddressClass;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** How near a peer is, by its address alone: on a link of this machine, or not. */
final class LocalLinks {
    private LocalLinks() {}

    static SourceKind relation(InetAddress peer) {
        return switch (AddressClass.of(peer)) {
            case LOOPBACK, LINK_LOCAL -> SourceKind.LAN;
            case GLOBAL, PRIVATE, SHARED, MULTICAST, UNSPECIFIED, SPECIAL ->
                isOnLink(peer) ? SourceKind.LAN : SourceKind.INTERNET;
        };
    }

    private static boolean isOnLink(InetAddress peer) {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(i -> i.getInterfaceAddresses().stream())
                    .anyMatch(own -> contains(own, peer));
        } catch (SocketException e) {
            throw new UncheckedIOException("the system does not list its network interfaces", e);
        }
    }

    private static boolean contains(InterfaceAddress own, InetAddress peer) {
        byte[] a = own.getAddress().getAddress();
        byte[] b = peer.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < own.getNetworkPrefixLength(); bit++) {
            if (((a[bit / 8] ^ b[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return own.getNetworkPrefixLength() > 0;
    }
}
