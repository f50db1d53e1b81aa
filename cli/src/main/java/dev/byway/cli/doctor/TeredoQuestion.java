package dev.byway.cli.doctor;

import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * "Where do you see me?", asked once of a Teredo server, from a link-local address without the cone bit, so that the server answers
 * from the address that was asked, which any NAT lets through. It qualifies nothing: the client asks, and goes.
 *
 * @param nonce which the answer has to repeat
 */
record TeredoQuestion(long nonce) {
    /** The UDP payload to send. */
    byte[] payload() {
        return RouterSolicitation.of(nonce).packet().encode().toArray();
    }

    /** Where the server saw the question come from, if a UDP payload is its answer. Any bytes may be given. */
    Optional<UdpAddress> answer(ByteBuffer payload) {
        return switch (TeredoPacket.decode(payload)) {
            case Decoded.Whole(TeredoPacket packet) ->
                RouterAdvertisement.in(packet)
                        .filter(advertisement -> advertisement.nonce() == nonce
                                && advertisement.destination().equals(RouterSolicitation.WITHOUT_CONE))
                        .map(RouterAdvertisement::mapped);
            case Decoded.Broken _ -> Optional.empty();
        };
    }
}
