package dev.byway.core.policy;

import static dev.byway.core.policy.Role.COORDINATOR;
import static dev.byway.core.policy.ValueTypes.address;
import static dev.byway.core.policy.ValueTypes.choice;
import static dev.byway.core.policy.ValueTypes.count;
import static dev.byway.core.policy.ValueTypes.flag;
import static dev.byway.core.policy.ValueTypes.gigabytes;
import static dev.byway.core.policy.ValueTypes.group;
import static dev.byway.core.policy.ValueTypes.host;
import static dev.byway.core.policy.ValueTypes.hours;
import static dev.byway.core.policy.ValueTypes.loopback;
import static dev.byway.core.policy.ValueTypes.megabytes;
import static dev.byway.core.policy.ValueTypes.path;
import static dev.byway.core.policy.ValueTypes.percent;
import static dev.byway.core.policy.ValueTypes.port;
import static dev.byway.core.policy.ValueTypes.prefix;
import static dev.byway.core.policy.ValueTypes.rate;
import static dev.byway.core.policy.ValueTypes.seconds;
import static dev.byway.core.policy.ValueTypes.secret;
import static dev.byway.core.policy.ValueTypes.sitePrefix;
import static dev.byway.core.policy.ValueTypes.url;
import static dev.byway.core.policy.ValueTypes.urlRule;
import static dev.byway.core.policy.ValueTypes.words;

import dev.byway.core.content.UrlRule;
import dev.byway.core.fleet.NamedPrefix;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.unit.DataSize;
import dev.byway.core.unit.Rate;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one table of everything that can be set: it drives reading, checking, the gates and
 * {@code docs/policies.md}. A new setting is one more row.
 *
 * <p>Delivery Optimization's settings come first, under their own names and in their own units: a bare number means what
 * it means there. Where Byway's default differs from Delivery Optimization's, the row shows both.
 *
 * <p>A row is planned until it says {@code enforced()}, so that the documents promise nothing that is not there; a test
 * beside the programs that use the table compares that with what they really read.
 */
public final class Settings {
    private static final List<Setting<?>> ROWS = new ArrayList<>();
    private static final long MOST_SECONDS = 4_294_967_295L;

    // ---- Delivery Optimization: which sources, and with whom

    public static final Setting<DownloadMode> DOWNLOAD_MODE = delivery(
                    "DODownloadMode", choice(DownloadMode.values()), "1", "1")
            .enforced()
            .means(
                    "Which sources may be used: 0 origin and cache hosts; 1 also devices of the same site; 2 also devices "
                            + "of the same match group and no others, or, without a group, of the same site; 3 also any "
                            + "device; 99 as 0 and without the coordinator; 100 the origin alone.");

    public static final Setting<Optional<String>> GROUP_ID = delivery("DOGroupId", group().orUnset(), "", "")
            .enforced()
            .means(
                    "The match group of this device: in mode 2 it shares with devices that claim the same one, wherever they "
                            + "are. It is no secret and grants nothing; who may receive content is decided by access groups.");

    public static final Setting<GroupIdSource> GROUP_ID_SOURCE = delivery(
                    "DOGroupIdSource", choice(GroupIdSource.values()), "0", "0")
            .means(
                    "Where the match group comes from in mode 2 when DOGroupId is not set. Delivery Optimization ignores "
                            + "other numbers; here they are errors.");

    public static final Setting<PeerRestriction> RESTRICT_PEER_SELECTION = delivery(
                    "DORestrictPeerSelectionBy", choice(PeerRestriction.values()), "0", "0")
            .enforced()
            .means("Narrows the peers of modes 1 and 2. Windows 11 defaults to the subnet in mode 1; Microsoft's pages "
                    + "disagree about it.");

    public static final Setting<List<String>> CACHE_HOSTS = delivery("DOCacheHost", host().list(), "", "")
            .means("Cache hosts (Connected Cache), tried in this order before the origin.");

    public static final Setting<Optional<CacheHostSource>> CACHE_HOST_SOURCE = delivery(
                    "DOCacheHostSource", choice(CacheHostSource.values()).orUnset(), "", "")
            .means("How cache hosts are found besides DOCacheHost; by DNS-SD when not set.");

    // ---- Delivery Optimization: which devices and contents take part

    public static final Setting<DataSize> MIN_RAM = delivery("DOMinRAMAllowedToPeer", gigabytes(1, 100_000), "1", "4")
            .enforced()
            .means(
                    "Devices with less memory use no peers and serve none. An eighth less still counts, because systems do "
                            + "not show all the memory that is built in.");

    public static final Setting<DataSize> MIN_DISK = delivery(
                    "DOMinDiskSizeAllowedToPeer", gigabytes(1, 100_000), "8", "32")
            .enforced()
            .means(
                    "Devices whose cache is on a smaller volume use no peers and serve none. The volume's capacity counts, "
                            + "not its free space; an eighth less still counts, because makers count in powers of 1000.");

    public static final Setting<DataSize> MIN_FILE_SIZE = delivery(
                    "DOMinFileSizeToCache", megabytes(100_000), "1", "50")
            .enforced()
            .means("Smaller files are fetched from the nearest HTTP source and not shared.");

    public static final Setting<Boolean> VPN_PEERING = delivery("DOAllowVPNPeerCaching", flag(), "off", "0")
            .enforced()
            .means(
                    "Whether peers are used while the device is on a VPN: while the default route, or the way to that peer, leads "
                            + "through one. Peers found by local discovery are used anyway.");

    public static final Setting<List<String>> VPN_KEYWORDS = delivery(
                    "DOVpnKeywords",
                    words().list(),
                    "VPN,Secure,Virtual Private Network",
                    "VPN,Secure,Virtual Private Network")
            .enforced()
            .means(
                    "A network adapter is a VPN when its name, its alias or its description contains one of these, or when it is "
                            + "of a kind that VPNs use (WireGuard, tun, PPP).");

    public static final Setting<Boolean> NO_CACHE_HOST_ON_VPN = delivery(
                    "DODisallowCacheServerDownloadsOnVPN", flag(), "off", "0")
            .means("On: cache hosts are not used while the device is on a VPN.");

    public static final Setting<Integer> MIN_BATTERY = delivery(
                    "DOMinBatteryPercentageAllowedToUpload", percent(0, 100), "0", "0")
            .enforced()
            .means(
                    "On battery, a device uploads to peers at this charge and above; 0 is never on battery. Downloads from "
                            + "peers are always allowed.");

    // ---- Delivery Optimization: the cache

    public static final Setting<Optional<Duration>> MAX_CACHE_AGE = delivery(
                    "DOMaxCacheAge", seconds(1, MOST_SECONDS).orUnlimited(), "604800", "259200")
            .enforced()
            .means("How long content is kept to be shared after it was last used.");

    public static final Setting<Integer> MAX_CACHE_SIZE = delivery("DOMaxCacheSize", percent(1, 100), "20", "20")
            .enforced()
            .means(
                    "The share of the volume's available space that the cache may fill; its own content counts as available.");

    public static final Setting<Optional<DataSize>> ABSOLUTE_MAX_CACHE_SIZE = delivery(
                    "DOAbsoluteMaxCacheSize", gigabytes(0, 4_294_967_295L).orUnset(), "", "")
            .enforced()
            .means(
                    "The size that the cache may have, in place of DOMaxCacheSize; 0 is no limit until the disk is low.");

    public static final Setting<Optional<String>> CACHE_DRIVE = delivery("DOModifyCacheDrive", path().orUnset(), "", "")
            .means("The drive or folder of the cache. cache.dir goes before it.");

    // ---- Delivery Optimization: how fast, how much, when

    public static final Setting<Optional<DataSize>> MONTHLY_UPLOAD_CAP = delivery(
                    "DOMonthlyUploadDataCap", gigabytes(1, 4_294_967_295L).orUnlimited(), "20", "20")
            .enforced()
            .means(
                    "The most that is uploaded to Internet peers, which are all that are not on this device's site, in a "
                            + "calendar month. When it is reached they are refused until the month turns; the site is served on.");

    public static final Setting<Rate> MIN_BACKGROUND_RATE = delivery("DOMinBackgroundQos", rate(), "2500", "2500")
            .enforced()
            .means(
                    "The rate below which a download takes from the origin, too, what devices of other sites hold, where that makes "
                            + "it faster. Lower takes more from peers; Microsoft recommends 500. Devices of the same site are "
                            + "left alone at any rate.");

    public static final Setting<Integer> FOREGROUND_PERCENT = delivery(
                    "DOPercentageMaxForegroundBandwidth", percent(0, 100), "0", "0")
            .means("The share of the link that foreground downloads may take; 0 is dynamic. Peers on the LAN are not "
                    + "slowed.");

    public static final Setting<Integer> BACKGROUND_PERCENT = delivery(
                    "DOPercentageMaxBackgroundBandwidth", percent(0, 100), "0", "0")
            .means("The same for background downloads.");

    public static final Setting<Optional<Rate>> FOREGROUND_RATE = delivery(
                    "DOMaxForegroundDownloadBandwidth", rate().orUnlimited(), "0", "0")
            .means("The rate that foreground downloads may take together.");

    public static final Setting<Optional<Rate>> BACKGROUND_RATE = delivery(
                    "DOMaxBackgroundDownloadBandwidth", rate().orUnlimited(), "0", "0")
            .means("The same for background downloads.");

    public static final Setting<Optional<BusinessHours>> BACKGROUND_HOURS = delivery(
                    "DOSetHoursToLimitBackgroundDownloadBandwidth", hours().orUnset(), "", "")
            .means(
                    "Business hours, and the share of the link that background downloads may take within and outside them.");

    public static final Setting<Optional<BusinessHours>> FOREGROUND_HOURS = delivery(
                    "DOSetHoursToLimitForegroundDownloadBandwidth", hours().orUnset(), "", "")
            .means("The same for foreground downloads.");

    public static final Setting<Duration> BACKGROUND_HTTP_DELAY = delivery(
                    "DODelayBackgroundDownloadFromHttp", seconds(0, MOST_SECONDS), "0", "0")
            .means("How long a background download tries peers alone before it asks an HTTP source.");

    public static final Setting<Duration> FOREGROUND_HTTP_DELAY = delivery(
                    "DODelayForegroundDownloadFromHttp", seconds(0, MOST_SECONDS), "0", "0")
            .means("The same for foreground downloads.");

    public static final Setting<Duration> BACKGROUND_FALLBACK_DELAY = delivery(
                    "DODelayCacheServerFallbackBackground", seconds(0, 2_592_000), "0", "0")
            .means(
                    "How long a background download tries cache hosts before it asks the origin. The delay for peers runs "
                            + "first.");

    public static final Setting<Duration> FOREGROUND_FALLBACK_DELAY = delivery(
                    "DODelayCacheServerFallbackForeground", seconds(0, 2_592_000), "0", "0")
            .means("The same for foreground downloads.");

    // ---- Peers

    public static final Setting<Optional<InetAddress>> PEER_ADDRESS = own(
                    "peer.address", address().orUnset(), "")
            .enforced()
            .means("The address on which the agent takes links from peers, and from which it makes them; all addresses "
                    + "when not set.");

    public static final Setting<Integer> PEER_PORT = own("peer.port", port(), "7680")
            .onWindows("7690")
            .fleetWide()
            .enforced()
            .means("The TCP port for links from peers. On Windows, Windows' own service holds 7680.");

    public static final Setting<Boolean> PEER_TCP = own("peer.tcp", flag(), "on")
            .fleetWide()
            .enforced()
            .means(
                    "Whether links with peers go over TCP, in and out. Off: peer.port is not listened on, and only devices "
                            + "behind other NATs are met, through Teredo.");

    public static final Setting<Integer> PEER_LINKS = own("peer.links", count(1, 200), "32")
            .fleetWide()
            .enforced()
            .means(
                    "To how many neighbours the agent dials links. As many more may dial it, so that who is switched on last "
                            + "finds a place too.");

    public static final Setting<Boolean> PEER_ANONYMOUS = own("peer.allowAnonymous", flag(), "off")
            .fleetWide()
            .enforced()
            .means("On: an enrolled device also links with devices outside its fleet, and shares public content with "
                    + "them. A device without a coordinator always does.");

    public static final Setting<Boolean> LAN_DISCOVERY = own("lan.discovery", flag(), "on")
            .fleetWide()
            .enforced()
            .means("Whether neighbours are looked for by DNS-SD (UDP 5353 on the local link).");

    public static final Setting<Integer> UPLOAD_SLOTS = own("upload.slots", count(1, 1000), "8")
            .fleetWide()
            .enforced()
            .means("How many peers are served at the same time.");

    public static final Setting<Optional<Rate>> UPLOAD_LIMIT = own("upload.limit", rate().orUnlimited(), "0")
            .fleetWide()
            .enforced()
            .means("The rate of all uploads to peers together, over whichever way they go.");

    public static final Setting<Boolean> UPLOAD_ON_METERED = own("upload.onMetered", flag(), "off")
            .fleetWide()
            .enforced()
            .means(
                    "Whether peers are served over a metered network. NetworkManager says which networks are; where it is "
                            + "not installed, none is known to be.");

    public static final Setting<Optional<Rate>> DOWNLOAD_LIMIT = own("download.limit", rate().orUnlimited(), "0")
            .fleetWide()
            .means("The rate of one download from all its sources together; --limit-rate sets it for one get.");

    public static final Setting<Boolean> TEREDO_CLIENT = own("teredo.client", flag(), "on")
            .fleetWide()
            .enforced()
            .means(
                    "Whether devices behind other NATs are met through Teredo, over UDP; in modes 2 and 3, and where the "
                            + "coordinator is a Teredo server.");

    public static final Setting<Integer> TEREDO_PORT = own("teredo.client.port", port(), "0")
            .enforced()
            .means("The UDP port from which NAT traversal works; a free one that the system chooses when 0.");

    // ---- Trust, coordinator, cache, local doors

    public static final Setting<Optional<URI>> COORDINATOR_URL =
            own("coordinator.url", url("https").orUnset(), "").means("The fleet's coordinator. byway join sets it.");

    public static final Setting<Optional<String>> COORDINATOR_TOKEN_FILE = own(
                    "coordinator.token-file", path().orUnset(), "")
            .enforced()
            .means("A file with the join token, readable by its owner alone.");

    public static final Setting<Optional<Secret>> COORDINATOR_TOKEN = own("coordinator.token", secret().orUnset(), "")
            .secret(", in a file named by coordinator.token-file, or on the standard input of byway join -")
            .enforced()
            .means("The join token itself.");

    public static final Setting<List<String>> TRUSTED_PUBLISHERS = own("trust.publishers", words().list(), "")
            .enforced()
            .means(
                    "The publishers whose manifests this device believes: public keys, or files that hold them. A fleet's "
                            + "own list comes from its coordinator besides.");

    public static final Setting<List<UrlRule>> URL_RULES = own(
                    "content.urlRules", urlRule().list(), "")
            .enforced()
            .means(
                    "Which parameters of a URL's query say what the file is, by hosts: HOST=NAME+NAME, HOST= where none does, *.HOST for "
                            + "hosts below it. What has a query and no rule is private: fetched from the origin only, and its URL is told nobody.");

    public static final Setting<Optional<String>> CACHE_DIR = own("cache.dir", path().orUnset(), "")
            .enforced()
            .means("The folder of the cache; in the state folder when not set.");

    public static final Setting<DataSize> GATEWAY_MIN_FILE_SIZE = own("gateway.minFileSize", megabytes(100_000), "64KB")
            .fleetWide()
            .means("In place of DOMinFileSizeToCache for content that is named by its digest and comes through the "
                    + "gateway (packages, container layers).");

    public static final Setting<InetAddress> API_ADDRESS = own("api.address", loopback(), "127.0.0.1")
            .enforced()
            .means("The address of the agent's local API and dashboard.");

    public static final Setting<Integer> API_PORT =
            own("api.port", port(), "0").enforced().means("Their port. The state folder says which it is.");

    // ---- HTTP

    public static final Setting<Optional<URI>> ORIGIN_PROXY =
            own("origin.proxy", url("http").orUnset(), "").enforced().means("The HTTP proxy for requests to origins.");

    public static final Setting<Optional<Secret>> ORIGIN_PROXY_PASSWORD = own(
                    "origin.proxy-password", secret().orUnset(), "")
            .secret("")
            .enforced()
            .means("user:password for that proxy.");

    public static final Setting<List<String>> ORIGIN_NO_PROXY = own("origin.noProxy", words().list(), "")
            .enforced()
            .means("Hosts, and domains that begin with '.', to which requests go without the proxy.");

    public static final Setting<Optional<String>> ORIGIN_CA = own("origin.ca", path().orUnset(), "")
            .enforced()
            .means(
                    "A PEM file of certificate authorities that are trusted for https origins beside the platform's own.");

    public static final Setting<List<Prefix>> EGRESS_ALLOW = own("egress.allow", prefix().list(), "")
            .of(COORDINATOR)
            .enforced()
            .means(
                    "Private, loopback and other special addresses from which the coordinator may fetch on a device's word.");

    // ---- Coordinator

    public static final Setting<Optional<InetAddress>> LISTEN_ADDRESS = own(
                    "listen.address", address().orUnset(), "")
            .of(COORDINATOR)
            .enforced()
            .means("The address on which the coordinator serves; all addresses when not set.");

    public static final Setting<Integer> LISTEN_PORT =
            own("listen.port", port(), "443").of(COORDINATOR).enforced().means("Its TCP port (HTTPS).");

    public static final Setting<Optional<String>> TLS_CERTIFICATE = own("tls.certificate", path().orUnset(), "")
            .of(COORDINATOR)
            .enforced()
            .means("Its certificate chain (PEM); one of the fleet's own authority when not set.");

    public static final Setting<Optional<String>> TLS_KEY = own("tls.key", path().orUnset(), "")
            .of(COORDINATOR)
            .enforced()
            .means("The private key of that certificate (PEM), readable by its owner alone.");

    public static final Setting<List<Prefix>> TRUSTED_PROXIES = own("proxy.trusted", prefix().list(), "")
            .of(COORDINATOR)
            .means("Load balancers that are believed about a device's address (PROXY protocol v2). Headers never are.");

    public static final Setting<List<NamedPrefix>> SITE_PREFIXES = own(
                    "site.prefixes", sitePrefix().list(), "")
            .of(COORDINATOR)
            .enforced()
            .means("Sites by name: devices observed in prefixes of one name are LAN to each other.");

    public static final Setting<Integer> SITE_IPV6_LENGTH = own("site.ipv6PrefixLength", count(32, 128), "64")
            .of(COORDINATOR)
            .enforced()
            .means("How many leading bits of an IPv6 address make a site where no name does.");

    public static final Setting<List<String>> LEARN_ORIGINS = own("learn.origins", words().list(), "")
            .of(COORDINATOR)
            .enforced()
            .means(
                    "Hosts whose public files the coordinator fetches once, when a device asks for one that nobody published, and "
                            + "signs what they are: HOST, or *.HOST for all below it. None when not set.");

    public static final Setting<DataSize> LEARN_LONGEST = own("learn.maxFileSize", gigabytes(1, 100_000), "20")
            .of(COORDINATOR)
            .enforced()
            .means("The longest file that it fetches for that.");

    public static final Setting<DataSize> LEARN_A_DAY = own("learn.bytesPerDay", gigabytes(1, 1_000_000), "200")
            .of(COORDINATOR)
            .enforced()
            .means("How much it fetches for that in a day.");

    public static final Setting<List<InetAddress>> TEREDO_ADDRESSES = own(
                    "teredo.server.addresses", address().list(), "")
            .of(COORDINATOR)
            .enforced()
            .means("The IPv4 addresses of the coordinator's machine at which it is a Teredo server too (UDP 3544), for "
                    + "devices behind NATs: two public ones, or one, with which devices cannot tell what their NATs do. "
                    + "No server when not set.");

    public static final Setting<List<InetAddress>> TEREDO_ADVERTISED = own(
                    "teredo.server.advertised", address().list(), "")
            .of(COORDINATOR)
            .enforced()
            .means("How the Internet knows these addresses, in the same order, where a NAT stands before the machine.");

    private static final List<RetiredSetting> RETIRED = List.of(
            new RetiredSetting(
                    "DOMaxDownloadBandwidth", "DOMaxForegroundDownloadBandwidth and DOMaxBackgroundDownloadBandwidth"),
            new RetiredSetting(
                    "DOPercentageMaxDownloadBandwidth",
                    "DOPercentageMaxForegroundBandwidth and DOPercentageMaxBackgroundBandwidth"),
            new RetiredSetting("DOMaxUploadBandwidth", "upload.limit"));

    /** All rows. */
    public static final SettingTable TABLE = new SettingTable(ROWS, RETIRED);

    private Settings() {}

    private static <T> SettingRow<T> delivery(String name, ValueType<T> type, String byDefault, String microsoft) {
        return own(name, type, byDefault).microsoft(microsoft).fleetWide();
    }

    private static <T> SettingRow<T> own(String name, ValueType<T> type, String byDefault) {
        return new SettingRow<>(name, type, byDefault, ROWS::add);
    }
}
