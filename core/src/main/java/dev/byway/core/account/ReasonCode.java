package dev.byway.core.account;

import static dev.byway.core.account.ReasonCode.Topic.CONTENT;
import static dev.byway.core.account.ReasonCode.Topic.COORDINATOR;
import static dev.byway.core.account.ReasonCode.Topic.DEVICE;
import static dev.byway.core.account.ReasonCode.Topic.HTTP;
import static dev.byway.core.account.ReasonCode.Topic.NETWORK;
import static dev.byway.core.account.ReasonCode.Topic.PEERS;
import static dev.byway.core.account.ReasonCode.Topic.POLICY;
import static dev.byway.core.account.ReasonCode.Topic.RESULT;
import static dev.byway.core.account.ReasonCode.Weight.FAULT;
import static dev.byway.core.account.ReasonCode.Weight.NOTE;
import static dev.byway.core.account.ReasonCode.Weight.ORDINARY;

/**
 * What {@code why}, {@code doctor}, events, dashboards and reports say about a source. The names are an API: scripts
 * compare them, so a name is never reused for another meaning. {@code docs/reasons.md} is made from this table.
 */
public enum ReasonCode {
    USED(RESULT, ORDINARY, "The source gave verified bytes.", "Nothing."),
    NOT_NEEDED(RESULT, NOTE, "The download was done before this source was asked.", "Nothing."),
    WAITED(
            RESULT,
            NOTE,
            "The download waited for this, with nothing on its way, before it asked elsewhere.",
            "Nothing, if it is short; the detail says what it waited for."),
    ALREADY_HELD(
            RESULT,
            ORDINARY,
            "The content was in this device's cache already; no source was asked.",
            "Nothing; byway cache remove lets it be fetched again."),
    PIECES_REUSED(
            RESULT,
            ORDINARY,
            "Pieces of the content were in this device's cache as pieces of another one, and were not fetched again.",
            "Nothing."),

    MODE_HTTP_ONLY(
            POLICY,
            ORDINARY,
            "The download mode is 0: origin and cache hosts only.",
            "Set DODownloadMode to 1 (LAN), 2 (group) or 3 (Internet) to allow peers."),
    MODE_SIMPLE(
            POLICY,
            ORDINARY,
            "The download mode is 99: origin and cache hosts only, no coordinator.",
            "Set DODownloadMode to 1, 2 or 3 to allow peers."),
    MODE_BYPASS(
            POLICY,
            ORDINARY,
            "The download mode is 100: the origin only.",
            "Set DODownloadMode to 1, 2 or 3 to allow peers, or 0 to allow cache hosts."),
    MODE_LAN_ONLY(
            POLICY,
            ORDINARY,
            "The download mode is 1 and the peer is not of the same site.",
            "Set DODownloadMode to 2 for peers of the group, to 3 for all; or name the site's prefixes in site.prefixes."),
    MODE_GROUP_ONLY(
            POLICY,
            ORDINARY,
            "The download mode is 2 and the peer is not of the same match group, or, where this device has none, not of the "
                    + "same site.",
            "Give both devices the same DOGroupId, or set DODownloadMode to 1 for the site, to 3 for all."),
    PEERS_OFF_BY_REQUEST(POLICY, ORDINARY, "The caller asked for no peers.", "Leave out --no-peers to allow them."),
    PRIVATE_BY_REQUEST(
            POLICY,
            ORDINARY,
            "The request is private, so its bytes are fetched from the origin only and not shared: plain http, "
                    + "credentials, special headers, a query, or the origin's private or no-store.",
            "Publish the file (byway publish) to share it, or request it without what makes it private."),
    CONTENT_TOO_SMALL(
            POLICY,
            NOTE,
            "The content is smaller than the least size worth asking peers for.",
            "Lower DOMinFileSizeToCache to share smaller files."),
    RAM_BELOW_MINIMUM(
            POLICY,
            ORDINARY,
            "The device has less memory than peering needs.",
            "Lower DOMinRAMAllowedToPeer if the device can bear it."),
    DISK_BELOW_MINIMUM(
            POLICY,
            ORDINARY,
            "The volume of the cache is smaller than peering needs.",
            "Lower DOMinDiskSizeAllowedToPeer, or move cache.dir to a larger volume."),
    ON_VPN(
            POLICY,
            ORDINARY,
            "The device is on a VPN, where peers are not used.",
            "Set DOAllowVPNPeerCaching to allow peers; correct DOVpnKeywords if this is no VPN."),
    CACHE_OFF_ON_VPN(
            POLICY,
            ORDINARY,
            "The device is on a VPN, where cache hosts are not used.",
            "Set DODisallowCacheServerDownloadsOnVPN to 0 to allow them."),
    METERED(
            POLICY,
            ORDINARY,
            "The network is metered, so nothing is uploaded to peers.",
            "Set upload.onMetered to allow it."),
    ON_BATTERY(
            POLICY,
            ORDINARY,
            "The device runs on battery below the level at which it uploads to peers.",
            "Lower DOMinBatteryPercentageAllowedToUpload (0 means never on battery), or plug it in."),
    UPLOAD_CAP_REACHED(
            POLICY,
            ORDINARY,
            "This month's upload to Internet peers has reached its cap.",
            "Raise DOMonthlyUploadDataCap, or set it to 0 for no cap."),
    OTHER_SUBNET(
            POLICY,
            NOTE,
            "Peers are restricted to this device's subnet, and this one is elsewhere.",
            "Set DORestrictPeerSelectionBy to 0 to use the whole site."),
    NOT_FOUND_LOCALLY(
            POLICY,
            NOTE,
            "Peers are restricted to those found by local discovery, and this one was not.",
            "Set DORestrictPeerSelectionBy to 0; or check that UDP 5353 passes between the devices."),

    NO_MANIFEST(
            CONTENT,
            ORDINARY,
            "No manifest and no digest is known for this URL, so no byte could be proved and peers cannot be used.",
            "Publish the file with byway publish, at the coordinator or as FILE.byway beside it at its HTTPS origin."),
    BEING_LEARNED(
            CONTENT,
            NOTE,
            "Nobody published this file, and the coordinator fetches it once to know what it is. Until then it comes from the origin.",
            "Nothing: as soon as it is known the download goes on with all neighbours. Publish the file for it to be known at once."),
    CHANGED_AT_ORIGIN(
            CONTENT,
            FAULT,
            "The origin's copy differs from the one that the manifest describes, so the manifest was not used.",
            "Publish the new file; devices then share it."),
    MANIFEST_REFUSED_MALFORMED(
            CONTENT,
            FAULT,
            "The manifest or its piece layer is damaged or cut short.",
            "Publish the file again, and check how the web server stores and sends FILE.byway."),
    MANIFEST_REFUSED_SIGNATURE(
            CONTENT,
            FAULT,
            "The manifest's signature does not fit its text: it was altered.",
            "Publish the file again; find out who can write at the origin."),
    MANIFEST_REFUSED_UNKNOWN_KEY(
            CONTENT,
            FAULT,
            "The manifest is signed by a key that this device does not trust.",
            "Add the publisher's key to trust.publishers, or to the fleet's list at the coordinator."),
    MANIFEST_REFUSED_EXPIRED(
            CONTENT, FAULT, "The manifest has expired.", "Publish the file again; check this device's clock."),
    MANIFEST_REFUSED_OLDER(
            CONTENT,
            FAULT,
            "The manifest is older than one seen before for the same URL.",
            "Publish the file again; if nobody put the old manifest back, somebody replays it."),
    MANIFEST_REFUSED_OTHER_FILE(
            CONTENT,
            FAULT,
            "The manifest describes another file than the one at this URL.",
            "Put the right FILE.byway beside the file, or publish with the right --url."),
    MANIFEST_REFUSED_NOT_VOUCHED(
            CONTENT,
            ORDINARY,
            "The manifest or digest came by plain http or from another origin, which vouches for nothing.",
            "Serve it by https from the same host as the file, or publish it at the coordinator."),
    DIGEST_STATED(
            CONTENT,
            NOTE,
            "The origin states the SHA-256 of the whole file, by which devices of this network may share it.",
            "Nothing."),
    DIGEST_MISMATCH(
            CONTENT,
            FAULT,
            "The whole file does not have the digest that was stated for it.",
            "Compare the digest with the file at the origin; one of them is wrong or out of date."),

    NO_PEER_FOUND(
            PEERS,
            ORDINARY,
            "No other device was found that has or fetches this content.",
            "Nothing, for the first device; else see with byway status whether discovery or the coordinator works."),
    PEER_UNREACHABLE(
            PEERS,
            ORDINARY,
            "The peer could not be connected to, and did not connect to this device.",
            "Allow TCP peer.port inbound on at least one of the two devices: byway ports prints the rule."),
    PEER_BEHIND_NAT(
            PEERS,
            ORDINARY,
            "Both devices are behind NATs, of kinds that let no packet of the other through.",
            "Make one of the two reachable: TCP peer.port inbound, by a rule of its router, or IPv6; byway ports prints it."),
    PEER_BUSY(
            PEERS,
            NOTE,
            "All upload slots of the peer were taken.",
            "Nothing, if it passes; more devices that hold the content, or a larger upload.slots there, help."),
    PEER_SENT_BAD_BYTES(
            PEERS,
            FAULT,
            "The peer sent bytes that failed their proof; they were dropped.",
            "Run byway cache verify on that device; if it comes clean, the device itself is suspect."),
    PEER_FALSE_FILE(
            PEERS,
            FAULT,
            "The peer said that it had the file with a digest, and what it named is another file; nothing of it was delivered.",
            "Run byway cache verify on that device; if it comes clean, the device itself is suspect."),
    PEER_FILE_DOUBTED(
            PEERS,
            ORDINARY,
            "What the peer named as the file with a digest does not agree with the origin, so the origin was used.",
            "See whether the digest that the origin states is that of its file: then the peer is at fault, else the origin."),
    PEER_CLAIMED_NEVER_SENT(
            PEERS,
            FAULT,
            "The peer claimed pieces and did not send them when asked.",
            "Check that device and the path to it."),
    PEER_BROKE_LEASE(
            PEERS,
            FAULT,
            "The peer said that it was fetching pieces from outside and did not deliver within its time.",
            "Nothing, if it is rare: its own source was slow. A device that does it always is suspect."),
    PEER_TOO_SLOW(
            PEERS,
            NOTE,
            "The peer was slower than the other sources, so its work went to them.",
            "Nothing, if it is rare; look at that device's link and its upload.limit."),
    PEER_GONE(PEERS, NOTE, "The link to the peer ended.", "Nothing: others took over."),
    PEER_BROKE_PROTOCOL(
            PEERS,
            FAULT,
            "The peer sent what the protocol does not allow; the link was closed.",
            "Update Byway on that device; if it is current, the device is suspect."),
    PEER_BANNED(
            PEERS,
            ORDINARY,
            "The peer is banned: it sent bad bytes or broke the protocol before.",
            "See the earlier reasons of that peer."),
    PEER_OTHER_FLEET(
            PEERS,
            NOTE,
            "The peer is not a device of this fleet.",
            "Join that device to the same coordinator, or set peer.allowAnonymous for public content."),
    PEER_NOT_ALLOWED(
            PEERS,
            ORDINARY,
            "The content is visible to access groups that the peer, or this device, does not have.",
            "Grant the access group at the coordinator."),
    PEER_REFUSED(
            PEERS,
            NOTE,
            "The peer declined for a policy of its own: battery, hours, cap, mode or limits.",
            "Look at the settings of that device."),

    ORIGIN_UNREACHABLE(
            HTTP,
            FAULT,
            "The origin could not be reached: name, route, proxy or connection.",
            "Check the URL, DNS, origin.proxy and the firewall."),
    ORIGIN_TLS(
            HTTP,
            FAULT,
            "The origin's certificate or TLS was refused.",
            "Check the clock, the certificate and whether the network intercepts TLS."),
    ORIGIN_ERROR(HTTP, FAULT, "The origin answered with an error.", "Look at the status in the detail; check the URL."),
    ORIGIN_NO_RANGES(
            HTTP,
            ORDINARY,
            "The origin does not serve byte ranges, so it sends the file in one stream.",
            "Switch ranges on at the server, or on the proxy in between, to let peers take parts."),
    ORIGIN_SENT_BAD_BYTES(
            HTTP,
            FAULT,
            "The origin sent bytes that are not those of the manifest.",
            "The file changed or is damaged at the origin: publish it again or restore it."),
    ORIGIN_ADDRESS_REFUSED(
            HTTP,
            FAULT,
            "The URL leads to a loopback, private, link-local or other special address that is not listed.",
            "Add the prefix to egress.allow if devices may fetch from there."),
    CACHE_UNREACHABLE(
            HTTP,
            ORDINARY,
            "The cache host could not be reached; the origin is used.",
            "Check DOCacheHost and that TCP 80 to the cache host is open."),
    CACHE_ERROR(
            HTTP,
            ORDINARY,
            "The cache host answered with an error; it is left alone for a while.",
            "Look at the status in the detail and at the cache host's own log."),
    CACHE_SENT_BAD_BYTES(
            HTTP,
            FAULT,
            "The cache host sent bytes that failed their proof; they were dropped.",
            "Clear that file from the cache host."),

    COORDINATOR_NOT_SET(
            COORDINATOR,
            NOTE,
            "No coordinator is set; only local discovery and files beside the origin are used.",
            "Set coordinator.url and run byway join, if the fleet has one."),
    COORDINATOR_UNREACHABLE(
            COORDINATOR,
            FAULT,
            "The coordinator did not answer; known peers, local discovery and the origin are used.",
            "Check coordinator.url, TCP 443 outbound and the coordinator itself."),
    COORDINATOR_REFUSED(
            COORDINATOR,
            FAULT,
            "The coordinator refused this device or its request.",
            "Look at the detail; run byway join again if the device was removed."),
    COORDINATOR_OTHER_KEY(
            COORDINATOR,
            FAULT,
            "The coordinator's certificate is not of the authority that this device joined.",
            "Check for TLS interception; run byway join again if the authority was replaced on purpose."),

    DISCOVERY_OFF(
            NETWORK, NOTE, "Local discovery is switched off.", "Set lan.discovery to on to find neighbours by DNS-SD."),
    DISCOVERY_UNAVAILABLE(
            NETWORK,
            ORDINARY,
            "Local discovery cannot run: no interface with multicast, or UDP 5353 is not to be had.",
            "Allow UDP 5353 on the local link."),
    PORT_TAKEN_OUTBOUND_ONLY(
            NETWORK,
            ORDINARY,
            "Another program holds the peer port, so this device makes links but takes none.",
            "Stop that program, or set peer.port."),
    INBOUND_BLOCKED(
            NETWORK,
            ORDINARY,
            "Other devices cannot connect to this device's peer port.",
            "Allow TCP peer.port inbound: byway ports prints the rule."),
    NO_PATH(
            NETWORK,
            ORDINARY,
            "Neither of the two devices can reach the other.",
            "Open TCP peer.port inbound on one of them."),

    STORE_FULL(
            DEVICE,
            FAULT,
            "The cache's volume is full; the download goes to its destination without being kept.",
            "Free space, or lower DOMaxCacheSize."),
    STORE_UNAVAILABLE(
            DEVICE,
            FAULT,
            "The cache cannot be written: read-only, no permission, or its volume vanished.",
            "Check cache.dir."),
    STORE_DAMAGED(
            DEVICE,
            FAULT,
            "Bytes in this device's cache no longer pass their proof; they are fetched again.",
            "Run byway cache verify; check the disk."),
    CLOCK_WRONG(
            DEVICE, FAULT, "This device's clock differs from the coordinator's by more than a day.", "Set the clock.");

    /** What a code is about; the sections of the page. */
    public enum Topic {
        RESULT("Results"),
        POLICY("Policy"),
        CONTENT("Content and trust"),
        PEERS("Peers"),
        HTTP("Origin and cache hosts"),
        COORDINATOR("Coordinator"),
        NETWORK("Network"),
        DEVICE("This device");

        private final String title;

        Topic(String title) {
            this.title = title;
        }

        /** The title for people. */
        public String title() {
            return title;
        }
    }

    /** How much a reason matters in a story, least first. */
    public enum Weight {
        /** In the ordinary course of things. */
        NOTE,
        /** Decides where bytes came from. */
        ORDINARY,
        /** Something is wrong and can be mended. */
        FAULT
    }

    private final Topic topic;
    private final Weight weight;
    private final String meaning;
    private final String remedy;

    ReasonCode(Topic topic, Weight weight, String meaning, String remedy) {
        this.topic = topic;
        this.weight = weight;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What the code is about. */
    public Topic topic() {
        return topic;
    }

    /** How much it matters. */
    public Weight weight() {
        return weight;
    }

    /** What happened, one sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do, one sentence. */
    public String remedy() {
        return remedy;
    }
}
