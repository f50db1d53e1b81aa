package dev.byway.e2e.nat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sites behind NATs, with the internet between them, made of network namespaces.
 *
 * <pre>
 * s1h1 s1h2 …  ─ switch ─ s1gw ───────┐
 * 10.1.0.11…       10.1.0.1  11.0.1.2 ├─ inet ─┬─ origin       11.200.1.2
 * s2h1 s2h2 …  ─ switch ─ s2gw ───────┘        └─ coordinator  11.200.2.2, 11.200.2.3
 * 10.2.0.11…       10.2.0.1  11.0.2.2
 * </pre>
 *
 * <p>Net 11 is ordinary unicast in every list, where Teredo refuses special ranges, and nothing of it leads out of the lab. The
 * coordinator has two neighbouring addresses, as a Teredo server needs. {@code inet} drops private sources and destinations:
 * no path between sites but through their NATs. Sites and hosts are counted from 1. For one thread.
 */
public final class NatLab implements AutoCloseable {
    private static final String KNOWN = "11.200.1.2 origin.lab\n11.200.2.2 coordinator.lab teredo.lab\n";
    private static final int FIRST_HOST = 10;

    private final Namespaces namespaces;
    private final List<Gateway> gateways = new ArrayList<>();

    private NatLab(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /**
     * Builds one site for each type.
     *
     * @param logs an existing folder for what programs print
     * @param hosts of each site
     */
    public static NatLab open(Path logs, int hosts, NatType... sites) {
        Namespaces.assumePossible("iproute2 nftables procps", "ip", "tc", "nft", "sysctl");
        NatLab lab = new NatLab(Namespaces.open(logs, KNOWN));
        try {
            lab.buildInternet();
            for (NatType type : sites) {
                lab.buildSite(type, hosts);
            }
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private void buildInternet() {
        addRouter("inet", "inet.lab", "11.200.1.1");
        internet().exec("nft", """
                table ip core {
                  set private { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 }; }
                  set dead { type ifname; }
                  chain through {
                    type filter hook forward priority filter;
                    ip saddr @private drop
                    ip daddr @private drop
                    iifname @dead drop
                    oifname @dead drop
                  }
                }
                """);
        buildServer("origin", "11.200.1");
        buildServer("coordinator", "11.200.2");
        namespaces.ip("coordinator", "addr add 11.200.2.3/24 dev eth0");
    }

    private void buildServer(String name, String net) {
        namespaces.add(name, name + ".lab", net + ".2");
        namespaces.connect(name, "eth0", net + ".2/24", "inet", name);
        namespaces.ip("inet", "addr add " + net + ".1/24 dev " + name);
        namespaces.ip(name, "route add default via " + net + ".1");
    }

    private void buildSite(NatType type, int hosts) {
        int number = gateways.size() + 1;
        String site = "s" + number;
        String wan = "11.0." + number;
        String lan = "10." + number + ".0";
        Gateway gateway = new Gateway(addRouter(site + "gw", site + "gw.lab", lan + ".1"), wan + ".2", type);
        gateways.add(gateway);
        namespaces.connect(site + "gw", "wan", wan + ".2/24", "inet", site);
        namespaces.ip("inet", "addr add " + wan + ".1/24 dev " + site);
        namespaces.ip(site + "gw", "route add default via " + wan + ".1");
        gateway.set(rules -> rules);
        namespaces.add(site + "lan", site + "lan.lab", "");
        namespaces.ip(site + "lan", "link add name lan type bridge mcast_snooping 0");
        namespaces.ip(site + "lan", "link set lan up");
        plug(site, "gw", "lan", lan + ".1");
        for (int i = 1; i <= hosts; i++) {
            String address = lan + "." + (FIRST_HOST + i);
            namespaces.add(site + "h" + i, site + "h" + i + ".lab", address);
            plug(site, "h" + i, "eth0", address);
            namespaces.ip(site + "h" + i, "route add default via " + lan + ".1");
        }
    }

    private void plug(String site, String name, String device, String address) {
        namespaces.connect(site + name, device, address + "/16", site + "lan", name);
        namespaces.ip(site + "lan", "link set " + name + " master lan");
    }

    private Host addRouter(String name, String fullName, String address) {
        Host router = namespaces.add(name, fullName, address);
        // Before it has interfaces: they take "default", and the largest of theirs and "all" counts.
        router.exec(
                "sysctl",
                "-qw",
                "net.ipv4.ip_forward=1",
                "net.ipv4.conf.all.rp_filter=0",
                "net.ipv4.conf.default.rp_filter=0",
                "net.ipv4.conf.all.send_redirects=0",
                "net.ipv4.conf.default.send_redirects=0");
        return router;
    }

    /** The router between the sites and servers; its port to a site is called {@code s1}. */
    public Host internet() {
        return namespaces.host("inet");
    }

    /** Where the coordinator, a Teredo server or a STUN server runs. */
    public Host coordinator() {
        return namespaces.host("coordinator");
    }

    /** Where an origin runs. */
    public Host origin() {
        return namespaces.host("origin");
    }

    /** The router of a site. */
    public Host gateway(int site) {
        return of(site).host();
    }

    /** A host of a site. */
    public Host host(int site, int number) {
        return namespaces.host("s" + site + "h" + number);
    }

    /** The public address of a site. */
    public String outside(int site) {
        return "11.0." + site + ".2";
    }

    /** Gives a site another NAT, which knows no mapping yet. */
    public void nat(int site, NatType type) {
        of(site).set(rules -> rules.as(type));
    }

    /** Whether hosts of a site reach each other by their public ports (off at first); all mappings are lost. */
    public void hairpin(int site, boolean on) {
        of(site).set(rules -> rules.withHairpin(on));
    }

    /** After how many whole seconds of silence from inside a mapping is forgotten (120 at first); all mappings are lost. */
    public void udpTimeout(int site, Duration timeout) {
        of(site).set(rules -> rules.withTimeout(timeout));
    }

    /**
     * A site's router was restarted: it knows no mapping any more, and who sends again gets another public port. TCP connections
     * live on when the inside sends first, as with most routers made of Linux.
     */
    public void forget(int site) {
        of(site).forget();
    }

    /** The internet loses all that goes to a site or comes from it; the site's router keeps its mappings and its carrier. */
    public void cut(int site) {
        internet().exec("nft", "add element ip core dead { s" + site + " }");
    }

    /** Ends {@link #cut}. */
    public void heal(int site) {
        internet()
                .exec(
                        "nft",
                        "add element ip core dead { s" + site + " }; delete element ip core dead { s" + site + " }");
    }

    /** Makes a site's line as thin as that, in Mbit/s each way. */
    public void thin(int site, int mbit) {
        shape(internet(), "s" + site, mbit);
        shape(gateway(site), "wan", mbit);
    }

    /** Makes what the origin sends from now on no faster than that, in Mbit/s. */
    public void thinOrigin(int mbit) {
        shape(origin(), "eth0", mbit);
    }

    private static void shape(Host host, String device, int mbit) {
        host.exec(("tc qdisc replace dev " + device + " root tbf rate " + mbit + "mbit burst 64kb latency 100ms")
                .split(" "));
    }

    private Gateway of(int site) {
        return gateways.get(site - 1);
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
