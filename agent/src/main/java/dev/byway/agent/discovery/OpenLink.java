package dev.byway.agent.discovery;

import dev.byway.agent.discovery.InterfaceChoice.Chosen;
import dev.byway.core.discovery.DiscoveryLimits;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.net.BindException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sockets of one interface, at most one a family. Used by discovery's thread only. */
final class OpenLink implements AutoCloseable {
    private final Chosen chosen;
    private final Map<ProtocolFamily, LinkSocket> sockets = new LinkedHashMap<>();
    private final Map<ProtocolFamily, String> troubles = new LinkedHashMap<>();

    OpenLink(Chosen chosen) {
        this.chosen = chosen;
    }

    Chosen chosen() {
        return chosen;
    }

    String name() {
        return chosen.link().name();
    }

    boolean isOpen() {
        return !sockets.isEmpty();
    }

    /** What does not work, unless the other family does. */
    List<String> troubles() {
        return troubles.size() < families().size()
                ? List.of()
                : troubles.values().stream().distinct().toList();
    }

    private List<StandardProtocolFamily> families() {
        return List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6).stream()
                .filter(family -> family == StandardProtocolFamily.INET ? chosen.ipv4() : chosen.ipv6())
                .toList();
    }

    /** Opens what is not open; whether a socket was. */
    boolean openMissing(Selector selector) {
        boolean opened = false;
        for (StandardProtocolFamily family : families()) {
            opened |= !sockets.containsKey(family) && open(family, selector);
        }
        return opened;
    }

    private boolean open(ProtocolFamily family, Selector selector) {
        try {
            LinkSocket socket = LinkSocket.open(chosen.link().index(), family, chosen.source());
            socket.register(selector);
            sockets.put(family, socket);
            troubles.remove(family);
            return true;
        } catch (BindException e) {
            troubles.put(
                    family,
                    "UDP port " + DiscoveryLimits.PORT + " is not available on " + name() + ": " + e.getMessage()
                            + " (a program that does not share the port holds it)");
        } catch (IOException | UnsupportedOperationException e) {
            troubles.put(family, "multicast is not possible on " + name() + ": " + e.getMessage());
        }
        return false;
    }

    /** Sends a packet to the group of each family. */
    void send(ByteString packet) {
        sockets.forEach((family, socket) -> {
            try {
                socket.send(packet);
                troubles.remove(family);
            } catch (IOException e) {
                troubles.put(family, "sending to UDP port 5353 on " + name() + " fails: " + e.getMessage());
            }
        });
    }

    /** Closes a socket that broke; {@link #openMissing} opens another. */
    void broken(LinkSocket socket) {
        sockets.values().remove(socket);
        close(socket);
    }

    private static void close(LinkSocket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing was waiting to be written, so nothing is lost.
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(OpenLink::close);
        sockets.clear();
    }
}
