package dev.byway.agent.device;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Optional;

/**
 * Which of this machine's addresses leads to another one. The system itself is asked, by a datagram socket that is connected
 * and never used, so that routing rules count as well as tables. Nothing is sent.
 */
@FunctionalInterface
interface Routes {
    /** Addresses that only a default route leads to: documentation, RFC 5737 and RFC 3849. */
    List<InetAddress> ANYWHERE = List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));

    /** Our end of the way to an address; empty when there is no way. */
    Optional<InetAddress> towards(InetAddress other);

    /** As the system has it now. */
    Routes SYSTEM = other -> {
        StandardProtocolFamily family =
                other instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.connect(new InetSocketAddress(other, 9));
            return channel.getLocalAddress() instanceof InetSocketAddress local
                    ? Optional.of(local.getAddress())
                    : Optional.empty();
        } catch (IOException
                | UnresolvedAddressException
                | UnsupportedAddressTypeException
                | UnsupportedOperationException e) {
            return Optional.empty();
        }
    };
}
