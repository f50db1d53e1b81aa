package dev.byway.teredo.packet;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The payload of one UDP datagram (RFC 4380 section 5.1.1, RFC 6081 section 4): an IPv6 packet, before it perhaps an authentication
 * and an origin indication, behind it perhaps trailers.
 *
 * <pre>
 * [ 00 01 authentication ] [ 00 00 origin ] IPv6 header, payload [ trailers ]
 * </pre>
 *
 * <p>A <b>bubble</b> is such a packet without a payload. It opens NATs and says who is where.
 *
 * @param authentication between a client and its server
 * @param origin where a server saw the packet, or a solicitation, come from
 * @param source of the IPv6 packet
 * @param destination of the IPv6 packet
 * @param next what its payload is: an IPv6 next header
 * @param hops its hop limit
 * @param payload what follows the IPv6 header
 * @param trailers those that are known
 */
public record TeredoPacket(
        Optional<Authentication> authentication,
        Optional<UdpAddress> origin,
        Ip6 source,
        Ip6 destination,
        int next,
        int hops,
        ByteString payload,
        List<Trailer> trailers) {
    /** IPv6 next header: nothing. */
    public static final int NOTHING = 59;

    /** IPv6 next header: ICMPv6. */
    public static final int ICMP = 58;

    /** IPv6 next header: UDP. */
    public static final int UDP = 17;

    /** Bytes of an IPv6 packet that Teredo carries at most (RFC 4380 section 5.1.2). */
    public static final int MTU = 1280;

    /** Length of an IPv6 header, in bytes. */
    public static final int HEADER = 40;

    /** Bytes of a datagram that are looked at: an IPv6 packet, and what may stand around it. */
    public static final int LONGEST = MTU + 2 * 255 + 13 + 8 + 64;

    private static final int VERSION = 6;
    private static final int ORIGIN = 8;
    private static final int AUTHENTICATION = 13;

    public TeredoPacket {
        trailers = List.copyOf(trailers);
    }

    /** A bubble (RFC 4380 section 2.8), hop limit 0 as others send it. */
    public static TeredoPacket bubble(Ip6 source, Ip6 destination, List<Trailer> trailers) {
        return new TeredoPacket(
                Optional.empty(), Optional.empty(), source, destination, NOTHING, 0, ByteString.EMPTY, trailers);
    }

    /** Reads a datagram, from the buffer's position to its limit; both are moved. Any bytes may be given. */
    public static Decoded decode(ByteBuffer in) {
        if (in.remaining() > LONGEST) {
            return new Decoded.Broken(Rule.TOO_LONG);
        }
        Optional<Authentication> authentication = Optional.empty();
        if (Authentication.startsAt(in)) {
            authentication = Authentication.read(in);
            if (authentication.isEmpty()) {
                return new Decoded.Broken(Rule.ENCAPSULATION);
            }
        }
        Optional<UdpAddress> origin = Optional.empty();
        if (in.remaining() >= ORIGIN && in.getShort(in.position()) == 0) {
            in.getShort();
            int port = ~in.getShort() & 0xffff;
            origin = Optional.of(new UdpAddress(~in.getInt(), port));
        }
        return packet(in, authentication, origin);
    }

    private static Decoded packet(ByteBuffer in, Optional<Authentication> authentication, Optional<UdpAddress> origin) {
        if (in.remaining() < HEADER || in.getInt() >>> 28 != VERSION) {
            return new Decoded.Broken(Rule.ENCAPSULATION);
        }
        int length = Short.toUnsignedInt(in.getShort());
        int next = Byte.toUnsignedInt(in.get());
        int hops = Byte.toUnsignedInt(in.get());
        Ip6 source = Ip6.read(in);
        Ip6 destination = Ip6.read(in);
        if (length > in.remaining()) {
            return new Decoded.Broken(Rule.LENGTH);
        }
        if (length > MTU - HEADER) {
            return new Decoded.Broken(Rule.TOO_LONG);
        }
        ByteString payload = ByteString.read(in, length);
        return Trailer.readAll(in)
                .<Decoded>map(trailers -> new Decoded.Whole(
                        new TeredoPacket(authentication, origin, source, destination, next, hops, payload, trailers)))
                .orElseGet(() -> new Decoded.Broken(Rule.TRAILER));
    }

    /** As a datagram. */
    public ByteString encode() {
        ByteBuffer out = ByteBuffer.allocate(size());
        authentication.ifPresent(a -> a.write(out));
        origin.ifPresent(
                seen -> out.putShort((short) 0).putShort((short) ~seen.port()).putInt(~seen.address()));
        out.putInt(VERSION << 28).putShort((short) payload.length());
        out.put((byte) next).put((byte) hops);
        source.write(out);
        destination.write(out);
        payload.write(out);
        trailers.forEach(trailer -> trailer.write(out));
        return ByteString.of(out.array());
    }

    private int size() {
        return (authentication.isPresent() ? AUTHENTICATION : 0)
                + (origin.isPresent() ? ORIGIN : 0)
                + HEADER
                + payload.length()
                + trailers.stream().mapToInt(Trailer::size).sum();
    }

    /** Whether it only opens NATs. */
    public boolean isBubble() {
        return next == NOTHING && payload.length() == 0;
    }

    /** Its nonce; empty when it has none, or 0. */
    public Optional<Trailer.Nonce> nonce() {
        return trailers.stream()
                .filter(Trailer.Nonce.class::isInstance)
                .map(Trailer.Nonce.class::cast)
                .filter(nonce -> nonce.value() != 0)
                .findFirst();
    }
}
