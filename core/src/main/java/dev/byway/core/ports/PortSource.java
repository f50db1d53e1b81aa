package dev.byway.core.ports;

import java.util.List;
import java.util.OptionalInt;

/** Where a row of the table takes its port from. */
public enum PortSource {
    HTTP("80"),
    HTTPS("443"),
    /** Teredo servers (RFC 4380). */
    TEREDO("3544"),
    /** Multicast DNS (RFC 6762). */
    DNS_SD("5353"),
    PEER("`peer.port`"),
    /** The default of other platforms, as long as nobody chose a port for all. */
    PEER_ELSEWHERE("`peer.port` of other platforms"),
    COORDINATOR("that of the coordinator's URL"),
    PROXY("that of `origin.proxy`"),
    SERVICE("`listen.port`"),
    ANNOUNCED("announced by the other end");

    private final String words;

    PortSource(String words) {
        this.words = words;
    }

    /** For the page. */
    public String words() {
        return words;
    }

    /** The port for these circumstances; none when there is nobody to connect to. */
    List<PortNumber> in(Circumstances now) {
        return switch (this) {
            case HTTP, HTTPS, TEREDO, DNS_SD -> List.of(one(Integer.parseInt(words)));
            case PEER -> List.of(chosen(now.peerPort()));
            case PEER_ELSEWHERE -> some(now.peerPortElsewhere());
            case COORDINATOR -> some(now.coordinatorPort());
            case PROXY -> now.proxy().map(proxy -> one(proxy.port())).stream().toList();
            case SERVICE -> List.of(chosen(now.servicePort()));
            case ANNOUNCED -> List.of(new PortNumber.Any());
        };
    }

    private static List<PortNumber> some(OptionalInt port) {
        return port.stream().mapToObj(PortSource::one).toList();
    }

    /** Port 0 is one that the system chooses at each start: no rule can name it. */
    private static PortNumber chosen(int port) {
        return port == 0 ? new PortNumber.Any() : one(port);
    }

    private static PortNumber one(int port) {
        return new PortNumber.One(port);
    }
}
