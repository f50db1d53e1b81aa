package dev.byway.core.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Everything that the doctor looks at so far, in an order in which each comes after those that it presupposes (see {@link
 * Presuppositions}). The labels are an API.
 */
public enum Check {
    SERVICE("the service of this machine runs"),
    AGENT("an agent runs"),
    VERSION("the agent and this command are of one version"),
    CACHE("the cache can be written and has room"),
    DISK_SPEED("the disk of the cache is fast enough"),
    LIMITS("the agent may open the files and sockets that it needs"),
    MODE("DODownloadMode allows peers"),
    MEMORY("the device has the memory that peering needs"),
    DISK_SIZE("the volume of the cache is as large as peering needs"),
    VPN("no VPN keeps peers out"),
    METERED("the network is not metered"),
    BATTERY("the battery allows uploads"),
    SUBNET("this device's subnet mask is that of its neighbours"),
    RESTRICTION("DORestrictPeerSelectionBy leaves neighbours to share with"),
    UPLOAD_CAP("this month's uploads are below their cap"),
    PORT("this device listens for peers"),
    FIREWALL("this device's own firewall lets through what Byway needs"),
    COORDINATOR_NAME("the coordinator's name resolves"),
    COORDINATOR_TCP("the coordinator can be connected to"),
    CLOCK("the clock is right"),
    PATH_MTU("large packets arrive"),
    COORDINATOR_TLS("the coordinator is the one that this device joined"),
    CREDENTIAL("the coordinator knows this device"),
    CERTIFICATE("the fleet's certificate is not about to expire"),
    PUBLIC_ADDRESS("the coordinator sees this device at its neighbours' site"),
    ISOLATION("devices of the local network may talk to each other"),
    DISCOVERY("DNS-SD finds neighbours, and they hear this device"),
    DIAL_OUT("neighbours can be reached"),
    DIAL_IN("neighbours reach this device"),
    ROUTE_IN("the coordinator reaches this device"),
    GROUP("neighbours are of the same match group"),
    TEREDO_SERVER("the coordinator's Teredo server answers, UDP 3544, also many packets at once"),
    TEREDO_NAT("this device's NAT lets it be met by devices of other sites"),
    TEREDO_PEERS("packets of devices of other sites come through the tunnel"),
    PROXY("the proxy lets requests to origins through"),
    ORIGIN("the origin answers"),
    RANGES("the origin sends parts of a file"),
    CONTENT_SIZE("the content is large enough to be shared"),
    HOLDERS("another device holds the content"),
    MICROSOFT_NAMES(Program.MICROSOFT, "the names of Microsoft's service have addresses"),
    MICROSOFT_TCP(Program.MICROSOFT, "its services can be connected to, TCP 443"),
    MICROSOFT_TLS(Program.MICROSOFT, "its services are Microsoft's: nobody looks into TLS on the way"),
    MICROSOFT_HTTP(Program.MICROSOFT, "its hosts of metadata and content answer, TCP 80"),
    MICROSOFT_RANGES(Program.MICROSOFT, "its content comes in parts"),
    MICROSOFT_PEER(Program.MICROSOFT, "the neighbour that was named takes connections, TCP 7680"),
    MICROSOFT_TEREDO(Program.MICROSOFT, "its Teredo server answers, UDP 3544");

    private final Program program;
    private final String question;

    Check(String question) {
        this(Program.BYWAY, question);
    }

    Check(Program program, String question) {
        this.program = program;
        this.question = question;
    }

    /** Whose it is. */
    public Program program() {
        return program;
    }

    /** All of one program, in their order. */
    public static List<Check> of(Program program) {
        return Arrays.stream(values()).filter(check -> check.program == program).toList();
    }

    /** A stable name: {@code coordinator-tls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is true when it passes. */
    public String question() {
        return question;
    }
}
