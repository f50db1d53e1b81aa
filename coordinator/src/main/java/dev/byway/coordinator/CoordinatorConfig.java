package dev.byway.coordinator;

import dev.byway.coordinator.learning.LearnConfig;
import dev.byway.coordinator.teredo.TeredoAddresses;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.NamedPrefix;
import dev.byway.core.fleet.SiteRule;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a coordinator runs.
 *
 * @param state its state folder
 * @param address where it listens ({@code listen.address}); the wildcard for everywhere
 * @param port TCP port ({@code listen.port}); 0 takes a free one
 * @param urls how devices reach it, for join tokens and its certificate; empty to derive them from the machine's addresses
 * @param tls the administrator's own certificate; empty for one that the fleet's authority issues
 * @param sites prefixes of sites that the administrator named
 * @param ipv6PrefixLength bits of a global IPv6 address that make a site
 * @param teredo where it is a Teredo server too; empty for nowhere
 * @param learn what it fetches by itself to know it; empty for nothing
 * @param limits how much it takes
 * @param version of the program
 */
public record CoordinatorConfig(
        Path state,
        InetAddress address,
        int port,
        List<String> urls,
        Optional<Tls> tls,
        List<NamedPrefix> sites,
        int ipv6PrefixLength,
        Optional<TeredoAddresses> teredo,
        Optional<LearnConfig> learn,
        Limits limits,
        String version) {
    /** The port unless set. */
    public static final int DEFAULT_PORT = 443;

    /**
     * The administrator's own certificate.
     *
     * @param certificate {@code tls.certificate}: PEM, the server's first, its authority's last
     * @param key {@code tls.key}: PKCS #8 PEM
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * How much a coordinator takes.
     *
     * @param connections TCP connections at once
     * @param devices devices that announce, and streams that are held
     */
    public record Limits(int connections, int devices) {
        /** For one machine. */
        public static final Limits DEFAULT = new Limits(100_000, 200_000);

        public Limits {
            if (connections < 1 || devices < 1) {
                throw new IllegalArgumentException("a coordinator takes at least one connection and one device");
            }
        }
    }

    public CoordinatorConfig {
        urls = List.copyOf(urls);
        urls.forEach(JoinToken::requireServiceUrl);
        sites = List.copyOf(sites);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("listen.port is 0 to 65535, not " + port);
        }
    }

    /** Everything as it is unless set. */
    public static CoordinatorConfig of(Path state, InetAddress address, int port) {
        return new CoordinatorConfig(
                state,
                address,
                port,
                List.of(),
                Optional.empty(),
                List.of(),
                SiteRule.DEFAULT_IPV6_LENGTH,
                Optional.empty(),
                Optional.empty(),
                Limits.DEFAULT,
                "dev");
    }

    /** The same as a Teredo server there. */
    public CoordinatorConfig withTeredo(TeredoAddresses addresses) {
        return new CoordinatorConfig(
                state,
                address,
                port,
                urls,
                tls,
                sites,
                ipv6PrefixLength,
                Optional.of(addresses),
                learn,
                limits,
                version);
    }

    /** The same with these URLs. */
    public CoordinatorConfig withUrls(List<String> newUrls) {
        return new CoordinatorConfig(
                state, address, port, newUrls, tls, sites, ipv6PrefixLength, teredo, learn, limits, version);
    }

    /** The same with the administrator's own certificate. */
    public CoordinatorConfig withTls(Tls newTls) {
        return new CoordinatorConfig(
                state,
                address,
                port,
                urls,
                Optional.of(newTls),
                sites,
                ipv6PrefixLength,
                teredo,
                learn,
                limits,
                version);
    }

    /** The same with these named sites. */
    public CoordinatorConfig withSites(List<NamedPrefix> newSites) {
        return new CoordinatorConfig(
                state, address, port, urls, tls, newSites, ipv6PrefixLength, teredo, learn, limits, version);
    }

    /** The same, fetching what it does not know. */
    public CoordinatorConfig withLearning(LearnConfig what) {
        return new CoordinatorConfig(
                state, address, port, urls, tls, sites, ipv6PrefixLength, teredo, Optional.of(what), limits, version);
    }

    /** The same with another program version. */
    public CoordinatorConfig withVersion(String newVersion) {
        return new CoordinatorConfig(
                state, address, port, urls, tls, sites, ipv6PrefixLength, teredo, learn, limits, newVersion);
    }
}
