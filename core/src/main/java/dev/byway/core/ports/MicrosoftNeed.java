package dev.byway.core.ports;

import static dev.byway.core.ports.Transport.TCP;
import static dev.byway.core.ports.Transport.UDP;
import static dev.byway.core.ports.Way.IN;
import static dev.byway.core.ports.Way.OUT;

import dev.byway.core.policy.DownloadMode;
import java.util.List;

/**
 * What Windows' own Delivery Optimization needs: another table, of another program. Each row names the page that says so;
 * what no page says is marked as an inference. Microsoft's pages as of 2022 to 2024.
 *
 * @param label a stable name
 * @param way of the first packet
 * @param port of the end that is connected to
 * @param modes that have this need
 * @param farEnd who or what is at the other end
 * @param purpose what it is for
 * @param without what stops working without it
 * @param source the page that says so
 */
public record MicrosoftNeed(
        String label,
        Way way,
        Transport transport,
        PortNumber port,
        Modes modes,
        String farEnd,
        String purpose,
        String without,
        String source) {
    private static final PortNumber ANY = new PortNumber.Any();

    /** A device dials another. */
    public static final MicrosoftNeed PEER_OUT = new MicrosoftNeed(
            "peer-out",
            OUT,
            TCP,
            one(7680),
            Modes.SHARING,
            "other devices",
            "peer transfer",
            "nothing comes from peers; downloads go on by HTTP",
            MicrosoftPages.PORTS_CORRECTED);

    /** The cloud services. */
    public static final MicrosoftNeed SERVICES = new MicrosoftNeed(
            "services",
            OUT,
            TCP,
            one(443),
            Modes.COORDINATED,
            "*.do.dsp.mp.microsoft.com (geo, kv, cp, disc, array)",
            "the cloud services: where they are, what may peer, who holds what",
            "the device falls to mode 99: no peers, no cache host found by the services",
            MicrosoftPages.WORKFLOW);

    /** The hashes of the content. */
    public static final MicrosoftNeed METADATA = new MicrosoftNeed(
            "metadata",
            OUT,
            TCP,
            one(80),
            Modes.SHARING,
            "*.dl.delivery.mp.microsoft.com, *.emdl.ws.microsoft.com, *.download.windowsupdate.com",
            "the files of hashes against which pieces are checked",
            "files fall to simple mode: HTTP alone, although the services answer",
            MicrosoftPages.WORKFLOW);

    /** The content itself. */
    public static final MicrosoftNeed CONTENT = new MicrosoftNeed(
            "content",
            OUT,
            TCP,
            one(80),
            Modes.ALL,
            "the content's hosts, as *.download.windowsupdate.com, *.delivery.mp.microsoft.com",
            "the content itself by HTTP",
            "nothing is downloaded that peers and a cache do not have",
            MicrosoftPages.ENDPOINTS);

    /** Teredo's server. */
    public static final MicrosoftNeed TEREDO = new MicrosoftNeed(
            "teredo",
            OUT,
            UDP,
            one(3544),
            Modes.ACROSS_NATS,
            "win1910.ipv6.microsoft.com",
            "Teredo's server: peers behind other NATs, never peers of the LAN",
            "devices behind different NATs do not peer; those on the LAN are not concerned",
            MicrosoftPages.PORTS_CORRECTED);

    /** The table. */
    public static final List<MicrosoftNeed> ALL = List.of(
            new MicrosoftNeed(
                    "peer-in",
                    IN,
                    TCP,
                    one(7680),
                    Modes.SHARING,
                    "other devices",
                    "peer transfer; the service opens the port in Windows' firewall itself",
                    "nothing comes from peers; downloads go on by HTTP",
                    MicrosoftPages.FAQ),
            PEER_OUT,
            SERVICES,
            METADATA,
            CONTENT,
            new MicrosoftNeed(
                    "content-tls",
                    OUT,
                    TCP,
                    one(443),
                    Modes.ALL,
                    "hosts of Intune's Win32 apps and of Teams",
                    "content that is served by HTTPS",
                    "those contents are not downloaded",
                    MicrosoftPages.ENDPOINTS),
            new MicrosoftNeed(
                    "cache",
                    OUT,
                    TCP,
                    one(80),
                    Modes.CACHING,
                    "the Connected Cache, where there is one",
                    "content from the cache of the site or of the provider",
                    "the cache is passed over: its content comes over the internet",
                    MicrosoftPages.ENDPOINTS),
            TEREDO,
            new MicrosoftNeed(
                    "teredo-peers",
                    OUT,
                    UDP,
                    ANY,
                    Modes.ACROSS_NATS,
                    "the mapped ports of other devices",
                    "Teredo's data, from the client's own dynamic port (RFC 4380)",
                    "the device qualifies at the server, and then moves nothing",
                    MicrosoftPages.TEREDO),
            new MicrosoftNeed(
                    "dns-sd",
                    OUT,
                    UDP,
                    one(5353),
                    Modes.SHARING,
                    "the local link",
                    "finding peers where DORestrictPeerSelectionBy is 2; the port is inferred from RFC 6762, no page names it",
                    "no peer is found with that restriction",
                    MicrosoftPages.REFERENCE));

    /** The rows for a device in this mode. */
    public static List<MicrosoftNeed> of(DownloadMode mode) {
        return ALL.stream().filter(need -> need.modes.include(mode)).toList();
    }

    private static PortNumber one(int number) {
        return new PortNumber.One(number);
    }
}
