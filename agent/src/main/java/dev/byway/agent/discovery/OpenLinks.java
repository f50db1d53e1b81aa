package dev.byway.agent.discovery;

import dev.byway.agent.discovery.InterfaceChoice.Chosen;
import dev.byway.core.discovery.Link;
import dev.byway.core.unit.ByteString;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The links that are open, kept to those that are wanted. Used by discovery's thread only. */
final class OpenLinks implements AutoCloseable {
    private final Selector selector;
    private final Map<Integer, OpenLink> links = new LinkedHashMap<>();

    /** A change of what can be used. */
    sealed interface Change {
        /** The link can be used, or has other addresses, or more sockets. */
        record Up(Link link) implements Change {}

        /** The link of this number is gone. */
        record Down(int link) implements Change {}
    }

    /** @param selector is to watch all sockets */
    OpenLinks(Selector selector) {
        this.selector = selector;
    }

    /** Opens, changes and closes links until they are those that are wanted; what changed. */
    List<Change> become(List<Chosen> wanted) {
        List<Change> changes = new ArrayList<>();
        for (OpenLink open : List.copyOf(links.values())) {
            int index = open.chosen().link().index();
            if (wanted.stream().noneMatch(chosen -> chosen.link().index() == index)) {
                close(index);
                changes.add(new Change.Down(index));
            }
        }
        for (Chosen chosen : wanted) {
            if (open(chosen).openMissing(selector)) {
                changes.add(new Change.Up(chosen.link()));
            }
        }
        return changes;
    }

    private OpenLink open(Chosen chosen) {
        int index = chosen.link().index();
        get(index).filter(old -> !old.chosen().equals(chosen)).ifPresent(_ -> close(index));
        return links.computeIfAbsent(index, _ -> new OpenLink(chosen));
    }

    private void close(int index) {
        get(index).ifPresent(OpenLink::close);
        links.remove(index);
    }

    private Optional<OpenLink> get(int index) {
        return Optional.ofNullable(links.get(index));
    }

    /** Sends a packet to the groups of a link, if it is open. */
    void send(int link, ByteString packet) {
        get(link).ifPresent(open -> open.send(packet));
    }

    /** Closes a socket that broke; {@link #become} opens another. */
    void broken(LinkSocket socket) {
        get(socket.link()).ifPresent(open -> open.broken(socket));
    }

    /**
     * How it goes.
     *
     * @param nothing why nothing is wanted, when nothing is
     */
    DiscoveryState state(String nothing) {
        List<String> names = links.values().stream()
                .filter(OpenLink::isOpen)
                .map(OpenLink::name)
                .toList();
        List<String> troubles = links.values().stream()
                .flatMap(link -> link.troubles().stream())
                .toList();
        if (names.isEmpty()) {
            return new DiscoveryState.Waiting(troubles.isEmpty() ? nothing : String.join("; ", troubles));
        }
        return new DiscoveryState.Looking(names, troubles);
    }

    @Override
    public void close() {
        links.values().forEach(OpenLink::close);
    }
}
