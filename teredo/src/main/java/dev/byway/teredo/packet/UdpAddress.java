package dev.byway.teredo.packet;

import dev.byway.core.fleet.AddressClass;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 address and a UDP port: where a NAT makes a device appear (its mapped address and port), or a server.
 *
 * @param address as a number, its first part in the highest byte
 * @param port 0 to 65535
 */
public record UdpAddress(int address, int port) {
    /** The UDP port of Teredo servers (RFC 4380 section 2.7). */
    public static final int TEREDO_PORT = 3544;

    public UdpAddress {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not 0 to 65535");
        }
    }

    /**
     * Of a socket's address.
     *
     * @throws IllegalArgumentException when it is not of IPv4
     */
    public static UdpAddress of(InetSocketAddress socket) {
        return new UdpAddress(number(socket.getAddress()), socket.getPort());
    }

    /**
     * An IPv4 address as a number.
     *
     * @throws IllegalArgumentException when it is not of IPv4
     */
    public static int number(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != Integer.BYTES) {
            throw new IllegalArgumentException(address.getHostAddress() + " is not an IPv4 address");
        }
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** The Teredo port at this address. */
    public static UdpAddress server(int address) {
        return new UdpAddress(address, TEREDO_PORT);
    }

    /** The address alone. */
    public InetAddress inetAddress() {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(address).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv4 address has 4 bytes", e);
        }
    }

    /** As sockets take it. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(inetAddress(), port);
    }

    /**
     * Whether packets may be sent there: RFC 4380 section 5.2.4 forbids all that is not a global unicast address, so that nobody
     * is made to send into a private network. Judged by today's IANA registries, which forbid more than that list; of directed
     * broadcasts nothing can be known here.
     */
    public boolean isGlobal() {
        return port != 0 && AddressClass.of(inetAddress()) == AddressClass.GLOBAL;
    }

    /** {@code 192.0.2.1:3544}. */
    @Override
    public String toString() {
        return inetAddress().getHostAddress() + ":" + port;
    }
}
