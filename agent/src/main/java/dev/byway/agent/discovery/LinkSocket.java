package dev.byway.agent.discovery;

import dev.byway.core.discovery.DiscoveryLimits;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;

/**
 * The socket for one interface and one family. It joined the multicast DNS group there and nowhere else, so that what it
 * hears was heard on that interface; Java does not tell the interface of a packet.
 *
 * <p>Port 5353 is shared with the system's own responder (avahi, mDNSResponder) by SO_REUSEADDR and SO_REUSEPORT. Where the
 * system lets a socket be bound to the group itself (Linux, macOS), it is: then packets sent to this host alone, which
 * may come from beyond the link, are not heard, and none of them is taken away from the system's responder. Elsewhere
 * (Windows) the socket is bound to the port of all addresses.
 */
final class LinkSocket implements AutoCloseable {
    private static final int HOPS = 255; // RFC 6762 section 11

    private final int link;
    private final InetSocketAddress group;
    private final DatagramChannel receiver;
    private final DatagramChannel sender;

    private LinkSocket(int link, InetSocketAddress group, DatagramChannel receiver, DatagramChannel sender) {
        this.link = link;
        this.group = group;
        this.receiver = receiver;
        this.sender = sender;
    }

    /**
     * Joins the group.
     *
     * @param source address to send from, when it is not the one that the system would take
     * @throws IOException when the system refuses: the port is held by another alone, the interface is gone
     */
    static LinkSocket open(int link, ProtocolFamily family, Optional<InetAddress> source) throws IOException {
        NetworkInterface network = NetworkInterface.getByIndex(link);
        if (network == null) {
            throw new SocketException("interface " + link + " is gone");
        }
        InetSocketAddress group = new InetSocketAddress(group(family, network), DiscoveryLimits.PORT);
        DatagramChannel receiver = boundToGroup(family, network, group);
        try {
            receiver.join(group.getAddress(), network);
            DatagramChannel sender = source.isPresent()
                    ? bound(family, network, new InetSocketAddress(source.get(), DiscoveryLimits.PORT))
                    : receiver;
            return new LinkSocket(link, group, receiver, sender);
        } catch (IOException | RuntimeException e) {
            receiver.close();
            throw e;
        }
    }

    private static InetAddress group(ProtocolFamily family, NetworkInterface network) throws IOException {
        if (family == StandardProtocolFamily.INET) {
            return InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, (byte) 251});
        }
        byte[] group = new byte[16];
        group[0] = (byte) 0xff;
        group[1] = 2;
        group[15] = (byte) 0xfb;
        return Inet6Address.getByAddress(null, group, network.getIndex());
    }

    private static DatagramChannel boundToGroup(
            ProtocolFamily family, NetworkInterface network, InetSocketAddress group) throws IOException {
        try {
            return bound(family, network, group);
        } catch (IOException | UnsupportedOperationException _) {
            return bound(family, network, new InetSocketAddress(DiscoveryLimits.PORT));
        }
    }

    private static DatagramChannel bound(ProtocolFamily family, NetworkInterface network, SocketAddress address)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    int link() {
        return link;
    }

    /** Has {@code selector} watch for packets, with this socket attached to the key. */
    void register(Selector selector) throws ClosedChannelException {
        receiver.register(selector, SelectionKey.OP_READ, this);
    }

    /** Puts the next packet into {@code buffer}, ready to be read; its sender, or empty when there is none now. */
    Optional<InetSocketAddress> receive(ByteBuffer buffer) throws IOException {
        buffer.clear();
        SocketAddress from = receiver.receive(buffer);
        buffer.flip();
        return Optional.ofNullable((InetSocketAddress) from);
    }

    /** Sends a packet to the group. */
    void send(ByteString packet) throws IOException {
        sender.send(ByteBuffer.wrap(packet.toArray()), group);
    }

    @Override
    public void close() throws IOException {
        try (receiver) {
            sender.close();
        }
    }
}
