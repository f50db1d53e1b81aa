package dev.byway.coordinator.teredo;

import dev.byway.core.fleet.Endpoint;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A Teredo server, as {@link Witness} asks it. Any thread. */
interface MappingServer {
    /** Where the Internet knows it, the primary address first. */
    List<InetAddress> advertised();

    /** Whether a mapping solicited there in the last five minutes; empty when it has too much to do to say. */
    Optional<Boolean> solicited(UdpAddress mapping);

    /**
     * Sends a datagram from another port of its primary address than that of Teredo; which.
     *
     * @throws IOException when this machine does not send it
     */
    Endpoint sendFromAnotherPort(UdpAddress to, ByteString datagram) throws IOException;
}
