package dev.byway.teredo.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind the IPv6 packet (RFC 6081 section 4.1). */
public sealed interface Trailer {
    /**
     * Section 4.2: proves that a direct bubble comes from the one to whom the nonce went through his server.
     *
     * @param value never 0, which means none (section 5.2.4.3)
     */
    record Nonce(int value) implements Trailer {}

    /**
     * Section 4.4, in a direct bubble: asks for a direct bubble, or answers that.
     *
     * @param solicited whether an answer is asked for
     */
    record NeighbourDiscovery(boolean solicited) implements Trailer {}

    /** Trailers of a packet that are looked at; more come from nobody who means well. */
    int MOST = 8;

    /** The highest two bits of a type that says: drop the packet if you do not know me. */
    int DISCARD = 0b01;

    /**
     * Reads what follows; what is not known is skipped, and a malformed one ends the list (section 5.1.2).
     *
     * @return empty when one that is not known says that the packet is to be dropped
     */
    static Optional<List<Trailer>> readAll(ByteBuffer in) {
        List<Trailer> trailers = new ArrayList<>();
        for (int i = 0; i < MOST && in.remaining() >= 2; i++) {
            int type = Byte.toUnsignedInt(in.get());
            int length = Byte.toUnsignedInt(in.get());
            if (in.remaining() < length) {
                break;
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + length);
            Optional<Trailer> known = read(type, value);
            if (known.isEmpty() && !Types.KNOWN.contains(type) && type >>> 6 == DISCARD) {
                return Optional.empty();
            }
            known.ifPresent(trailers::add);
        }
        return Optional.of(List.copyOf(trailers));
    }

    private static Optional<Trailer> read(int type, ByteBuffer value) {
        return switch (type) {
            case Types.NONCE -> value.remaining() == 4 ? Optional.of(new Nonce(value.getInt())) : Optional.empty();
            case Types.NEIGHBOUR_DISCOVERY ->
                value.remaining() == 4 ? Optional.of(new NeighbourDiscovery(value.get() == 0)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Bytes on the wire. */
    default int size() {
        return 6;
    }

    /** Appends it. */
    default void write(ByteBuffer out) {
        switch (this) {
            case Nonce(int value) -> out.put((byte) Types.NONCE).put((byte) 4).putInt(value);
            case NeighbourDiscovery(boolean solicited) ->
                out.put((byte) Types.NEIGHBOUR_DISCOVERY).put((byte) 4).putInt(solicited ? 0 : 1 << 24);
        }
    }

    /** Numbers of RFC 6081 section 4. */
    final class Types {
        static final int NONCE = 1;
        static final int NEIGHBOUR_DISCOVERY = 4;

        /** With those that are understood to be of no use here: alternate addresses and random ports. */
        static final List<Integer> KNOWN = List.of(NONCE, 3, NEIGHBOUR_DISCOVERY, 5);

        private Types() {}
    }
}
