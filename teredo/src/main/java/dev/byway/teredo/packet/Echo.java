package dev.byway.teredo.packet;

import dev.byway.core.unit.ByteString;
import java.util.List;
import java.util.Optional;

/** "Are you there?", and the answer (RFC 4443 sections 4.1 and 4.2): what {@code ping} sends, and waits for. */
public final class Echo {
    private static final int REQUEST = 128;
    private static final int REPLY = 129;
    private static final int HEAD = 8;
    private static final int HOPS = 64;

    private Echo() {}

    /** The reply to a packet, of the same length; empty when it is no valid echo request. */
    public static Optional<TeredoPacket> reply(TeredoPacket packet) {
        if (!Icmp6.isMessage(packet, REQUEST, HEAD)) {
            return Optional.empty();
        }
        Ip6 asked = packet.destination();
        Ip6 asker = packet.source();
        byte[] message = packet.payload().toArray();
        message[0] = (byte) REPLY;
        message[Icmp6.CHECKSUM_AT] = 0;
        message[Icmp6.CHECKSUM_AT + 1] = 0;
        ByteString sealed = Icmp6.sealed(asked, asker, message);
        return Optional.of(new TeredoPacket(
                Optional.empty(), Optional.empty(), asked, asker, TeredoPacket.ICMP, HOPS, sealed, List.of()));
    }
}
