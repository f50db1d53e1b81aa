package dev.byway.core.ports;

import static dev.byway.core.ports.Way.IN;
import static dev.byway.core.ports.Way.OUT;

import java.util.Locale;
import java.util.Optional;

/**
 * The one table of ports: it drives {@code byway ports}, its rules for firewalls, its check, and {@code docs/ports.md}.
 *
 * <p>A device takes nothing in on 443, in no mode: only the coordinator does. UDP 3544 is Teredo (RFC 4380) across NATs,
 * so never for peers on the LAN; no rule for a firewall opens it where {@code teredo.client} is off.
 */
public enum Need {
    PEER_IN(
            IN,
            Transport.TCP,
            PortSource.PEER,
            Who.DEVICE,
            Modes.SHARING,
            "links from other devices: content, TLS 1.3",
            "other devices cannot dial this one; it still dials them. Two devices that are both closed share nothing"),
    PEER_OUT(
            OUT,
            Transport.TCP,
            PortSource.PEER,
            Who.DEVICE,
            Modes.SHARING,
            "links to other devices: content, TLS 1.3",
            "this device cannot dial others; it still takes links from them"),
    PEER_OUT_ELSEWHERE(
            OUT,
            Transport.TCP,
            PortSource.PEER_ELSEWHERE,
            Who.DEVICE,
            Modes.SHARING,
            "links to devices of another platform: Windows' own service holds 7680, so Byway's default there is 7690",
            "this device cannot dial those; it still takes links from them"),
    DISCOVERY_IN(
            IN,
            Transport.UDP,
            PortSource.DNS_SD,
            Who.DEVICE,
            Modes.SHARING,
            "finding neighbours on the local link: DNS-SD (RFC 6762, RFC 6763)",
            "neighbours are not found without a coordinator"),
    DISCOVERY_OUT(
            OUT,
            Transport.UDP,
            PortSource.DNS_SD,
            Who.DEVICE,
            Modes.SHARING,
            "being found by neighbours on the local link: DNS-SD (RFC 6762, RFC 6763)",
            "this device is not found without a coordinator"),
    COORDINATOR(
            OUT,
            Transport.TCP,
            PortSource.COORDINATOR,
            Who.DEVICE,
            Modes.COORDINATED,
            "the fleet's coordinator: who holds what, HTTPS",
            "neighbours of other subnets are not found, and nothing is known of the fleet; what DNS-SD finds still shares"),
    PROXY(
            OUT,
            Transport.TCP,
            PortSource.PROXY,
            Who.DEVICE,
            Modes.ALL,
            "the proxy through which origins are asked, where origin.proxy is set: in place of the next two",
            "files come from peers alone, or not at all"),
    ORIGIN_HTTPS(
            OUT,
            Transport.TCP,
            PortSource.HTTPS,
            Who.DEVICE,
            Modes.ALL,
            "files from https origins, and their manifests",
            "files of https origins come from peers alone, or not at all"),
    ORIGIN_HTTP(
            OUT,
            Transport.TCP,
            PortSource.HTTP,
            Who.DEVICE,
            Modes.ALL,
            "files from http origins",
            "files of http origins come from peers alone, or not at all"),
    TEREDO_SERVER(
            OUT,
            Transport.UDP,
            PortSource.TEREDO,
            Who.DEVICE,
            Modes.ACROSS_NATS,
            "Teredo to the coordinator, from teredo.client.port: learning the own mapping (RFC 4380)",
            "devices behind different NATs share nothing; those on the LAN are not concerned"),
    TEREDO_PEERS(
            OUT,
            Transport.UDP,
            PortSource.ANNOUNCED,
            Who.DEVICE,
            Modes.ACROSS_NATS,
            "Teredo to the mapped ports of other devices, from teredo.client.port: the content itself",
            "the device qualifies, and then moves nothing"),
    CACHE_SITE(
            IN,
            Transport.TCP,
            PortSource.HTTP,
            Who.CACHE,
            Modes.CACHING,
            "devices of the site that take content from this cache, HTTP",
            "devices pass this cache over and ask the origin"),
    SERVICE(
            IN,
            Transport.TCP,
            PortSource.SERVICE,
            Who.COORDINATOR,
            Modes.COORDINATED,
            "the coordinator's service for its devices, HTTPS",
            "devices have no coordinator: they share on their own link and with neighbours that they know"),
    PROBE(
            OUT,
            Transport.TCP,
            PortSource.ANNOUNCED,
            Who.COORDINATOR,
            Modes.SHARING,
            "dialling a device that asks whether its port can be reached, at the port that it announced",
            "devices do not learn whether they can be reached; nothing else fails"),
    TEREDO_SERVICE(
            IN,
            Transport.UDP,
            PortSource.TEREDO,
            Who.COORDINATOR,
            Modes.COORDINATED,
            "the Teredo server for devices behind NATs in modes 2 and 3 (RFC 4380), where teredo.server.addresses is set",
            "devices behind different NATs share nothing; those on the LAN are not concerned"),
    TEREDO_PROBE(
            OUT,
            Transport.UDP,
            PortSource.ANNOUNCED,
            Who.COORDINATOR,
            Modes.COORDINATED,
            "one bubble from another port than Teredo's, to a device that asks what its NAT filters",
            "devices take their NATs for such that filter by port; nothing else fails");

    private final Way way;
    private final Transport transport;
    private final PortSource port;
    private final Who who;
    private final Modes modes;
    private final String purpose;
    private final String without;

    Need(Way way, Transport transport, PortSource port, Who who, Modes modes, String purpose, String without) {
        this.way = way;
        this.transport = transport;
        this.port = port;
        this.who = who;
        this.modes = modes;
        this.purpose = purpose;
        this.without = without;
    }

    /** A stable name: {@code peer-in}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Way way() {
        return way;
    }

    public Transport transport() {
        return transport;
    }

    /** The roles that have this need. */
    public Who who() {
        return who;
    }

    /** The modes that have it. */
    public Modes modes() {
        return modes;
    }

    /** What it is for. */
    public String purpose() {
        return purpose;
    }

    /** What stops working without it. */
    public String without() {
        return without;
    }

    /** Whether the program uses it already. */
    public boolean built() {
        return switch (this) {
            case CACHE_SITE -> false;
            default -> true;
        };
    }

    /** Whether it knows IPv4 alone (RFC 4380). */
    boolean isOverIpv4() {
        return switch (this) {
            case TEREDO_SERVER, TEREDO_PEERS, TEREDO_SERVICE, TEREDO_PROBE -> true;
            default -> false;
        };
    }

    /** Where its port comes from. */
    public PortSource port() {
        return port;
    }

    /** Whether these circumstances have it, as far as role and mode do not say. */
    boolean applies(Circumstances now) {
        return switch (this) {
            case PEER_IN, PEER_OUT, PEER_OUT_ELSEWHERE -> now.tcp();
            case DISCOVERY_IN, DISCOVERY_OUT -> now.discovery();
            case ORIGIN_HTTPS, ORIGIN_HTTP -> now.asksOrigins();
            case TEREDO_SERVICE, TEREDO_PROBE -> !now.teredoServer().isEmpty();
            case TEREDO_SERVER, TEREDO_PEERS -> now.tunnel() && now.peers() == Reach.ANYWHERE;
            default -> true;
        };
    }

    /** Where the other end may be. */
    Reach reach(Circumstances now) {
        return switch (this) {
            case PEER_IN, PEER_OUT, PEER_OUT_ELSEWHERE -> now.peers();
            case DISCOVERY_IN, DISCOVERY_OUT -> Reach.SUBNET;
            case CACHE_SITE -> Reach.SITE;
            case COORDINATOR,
                    PROXY,
                    ORIGIN_HTTPS,
                    ORIGIN_HTTP,
                    TEREDO_SERVER,
                    TEREDO_PEERS,
                    SERVICE,
                    PROBE,
                    TEREDO_SERVICE,
                    TEREDO_PROBE -> Reach.ANYWHERE;
        };
    }

    /** The one host at the other end, where it is known. */
    Optional<String> host(Circumstances now) {
        return this == PROXY ? now.proxy().map(OriginProxy::host) : Optional.empty();
    }

    /** Roles by what they do. */
    public enum Who {
        DEVICE,
        CACHE,
        COORDINATOR;

        /** Whether {@code role} is one of them. */
        public boolean includes(PortRole role) {
            return switch (this) {
                case DEVICE -> role == PortRole.AGENT || role == PortRole.CACHE;
                case CACHE -> role == PortRole.CACHE;
                case COORDINATOR -> role == PortRole.COORDINATOR;
            };
        }

        /** For people. */
        public String words() {
            return switch (this) {
                case DEVICE -> "agent, cache";
                case CACHE -> "cache";
                case COORDINATOR -> "coordinator";
            };
        }
    }
}
