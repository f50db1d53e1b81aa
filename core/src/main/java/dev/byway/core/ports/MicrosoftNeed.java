package dev.byway.core.ports;

import static dev.byway.core.ports.Way.IN;
import static dev.byway.core.ports.Way.OUT;

import java.util.Locale;

/**
 * What Windows' own Delivery Optimization needs: another table, of another program. Each row names the page that says so;
 * what no page says is marked as an inference. Microsoft's pages as of 2022 to 2024.
 */
public enum MicrosoftNeed {
    PEER_IN(
            IN,
            Transport.TCP,
            "7680",
            Modes.SHARING,
            "other devices",
            "peer transfer; the service opens the port in Windows' firewall itself",
            "nothing comes from peers; downloads go on by HTTP",
            MicrosoftPages.FAQ),
    PEER_OUT(
            OUT,
            Transport.TCP,
            "7680",
            Modes.SHARING,
            "other devices",
            "peer transfer",
            "nothing comes from peers; downloads go on by HTTP",
            MicrosoftPages.PORTS_CORRECTED),
    SERVICES(
            OUT,
            Transport.TCP,
            "443",
            Modes.COORDINATED,
            "*.do.dsp.mp.microsoft.com (geo, kv, cp, disc, array)",
            "the cloud services: where they are, what may peer, who holds what",
            "the device falls to mode 99: no peers, no cache host found by the services",
            MicrosoftPages.WORKFLOW),
    METADATA(
            OUT,
            Transport.TCP,
            "80",
            Modes.SHARING,
            "*.dl.delivery.mp.microsoft.com, *.emdl.ws.microsoft.com, *.download.windowsupdate.com",
            "the files of hashes against which pieces are checked",
            "files fall to simple mode: HTTP alone, although the services answer",
            MicrosoftPages.WORKFLOW),
    CONTENT(
            OUT,
            Transport.TCP,
            "80",
            Modes.ALL,
            "the content's hosts, as *.download.windowsupdate.com, *.delivery.mp.microsoft.com",
            "the content itself by HTTP, and a Connected Cache where there is one",
            "nothing is downloaded that peers do not have",
            MicrosoftPages.ENDPOINTS),
    CONTENT_TLS(
            OUT,
            Transport.TCP,
            "443",
            Modes.ALL,
            "hosts of Intune's Win32 apps and of Teams",
            "content that is served by HTTPS",
            "those contents are not downloaded",
            MicrosoftPages.ENDPOINTS),
    TEREDO(
            OUT,
            Transport.UDP,
            "3544",
            Modes.ACROSS_NATS,
            "win1910.ipv6.microsoft.com",
            "Teredo's server: peers behind other NATs, never peers of the LAN",
            "devices behind different NATs do not peer; those on the LAN are not concerned",
            MicrosoftPages.PORTS_CORRECTED),
    TEREDO_PEERS(
            OUT,
            Transport.UDP,
            "any",
            Modes.ACROSS_NATS,
            "the mapped ports of other devices",
            "Teredo's data, from the client's own dynamic port (RFC 4380)",
            "the device qualifies at the server, and then moves nothing",
            MicrosoftPages.TEREDO),
    DNS_SD(
            OUT,
            Transport.UDP,
            "5353",
            Modes.SHARING,
            "the local link",
            "finding peers where DORestrictPeerSelectionBy is 2; the port is inferred from RFC 6762, no page names it",
            "no peer is found with that restriction",
            MicrosoftPages.REFERENCE);

    private final Way way;
    private final Transport transport;
    private final String port;
    private final Modes modes;
    private final String farEnd;
    private final String purpose;
    private final String without;
    private final String source;

    MicrosoftNeed(
            Way way,
            Transport transport,
            String port,
            Modes modes,
            String farEnd,
            String purpose,
            String without,
            String source) {
        this.way = way;
        this.transport = transport;
        this.port = port;
        this.modes = modes;
        this.farEnd = farEnd;
        this.purpose = purpose;
        this.without = without;
        this.source = source;
    }

    /** A stable name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Way way() {
        return way;
    }

    public Transport transport() {
        return transport;
    }

    /** Its number, or {@code any}. */
    public String port() {
        return port;
    }

    /** The modes that have this need. */
    public Modes modes() {
        return modes;
    }

    /** Who or what is at the other end. */
    public String farEnd() {
        return farEnd;
    }

    /** What it is for. */
    public String purpose() {
        return purpose;
    }

    /** What stops working without it. */
    public String without() {
        return without;
    }

    /** The page that says so. */
    public String source() {
        return source;
    }
}
