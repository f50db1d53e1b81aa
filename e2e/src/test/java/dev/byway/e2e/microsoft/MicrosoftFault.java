package dev.byway.e2e.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.microsoft.MicrosoftHost;
import java.util.List;

/**
 * One fault on the way to Microsoft.
 *
 * @param name what is wrong, in words
 * @param check the one that has to tell it
 * @param result as what
 * @param seen what it has to say, in part
 * @param injury makes it so
 * @param cure undoes it
 */
record MicrosoftFault(String name, Check check, String result, String seen, Step injury, Step cure) {
    private static final String IN = "type filter hook input priority 0; policy accept; ";

    /** Changes something in the lab. */
    @FunctionalInterface
    interface Step {
        void apply(StandIns lab);
    }

    static List<MicrosoftFault> all() {
        return List.of(
                unresolved("a name does not resolve", "fail", MicrosoftHost.GEO),
                unresolved("the name of a content host does not resolve", "fail", MicrosoftHost.UPDATES),
                unresolved("a numbered name does not resolve", "warn", MicrosoftHost.ARRAY),
                new MicrosoftFault(
                        "no DNS server answers",
                        Check.MICROSOFT_NAMES,
                        "fail",
                        "3 s without an answer",
                        lab -> {
                            lab.resolve(_ -> false);
                            lab.victim()
                                    .host()
                                    .exec("nft", "table inet fault { chain c { " + IN + "udp dport 53 drop; }; }");
                        },
                        lab -> {
                            lab.victim().host().exec("nft", "delete table inet fault");
                            lab.resolve(_ -> true);
                        }),
                onTheWay("443 dropped", Check.MICROSOFT_TCP, "fail", "5 of 5 services", drop("tcp dport 443")),
                onTheWay("443 rejected", Check.MICROSOFT_TCP, "fail", "refused", reject("tcp dport 443")),
                onTheWay(
                        "TLS intercepted by a stranger",
                        Check.MICROSOFT_TLS,
                        "fail",
                        "CN=Unknown Inspection,O=Stranger",
                        divert(StandIns.SERVICES, 443, 4431)),
                onTheWay(
                        "TLS intercepted by an authority that is trusted here",
                        Check.MICROSOFT_TLS,
                        "warn",
                        "CN=Office Inspection,O=Office",
                        divert(StandIns.SERVICES, 443, 4432)),
                onTheWay(
                        "80 dropped",
                        Check.MICROSOFT_HTTP,
                        "fail",
                        "(4 of 4 hosts) do not serve",
                        drop("tcp dport 80")),
                onTheWay(
                        "ranges dropped",
                        Check.MICROSOFT_RANGES,
                        "fail",
                        "SimpleHTTP",
                        divert(StandIns.FILES, 80, 8080)),
                new MicrosoftFault(
                        "the neighbour's 7680 dropped",
                        Check.MICROSOFT_PEER,
                        "fail",
                        "TCP 7680 within 3 s",
                        lab -> lab.neighbour()
                                .exec(
                                        "nft",
                                        "table inet fault { chain c { type filter hook input priority 0; tcp dport 7680 drop; }; }"),
                        lab -> lab.neighbour().exec("nft", "delete table inet fault")),
                onTheWay(
                        "3544 dropped",
                        Check.MICROSOFT_TEREDO,
                        "warn",
                        "3 packets within 6 s",
                        drop("udp dport 3544")));
    }

    private static MicrosoftFault unresolved(String name, String result, MicrosoftHost host) {
        return new MicrosoftFault(
                name,
                Check.MICROSOFT_NAMES,
                result,
                host.host(),
                lab -> lab.resolve(other -> other != host),
                lab -> lab.resolve(_ -> true));
    }

    private static String drop(String what) {
        return "type filter hook forward priority 0; policy accept; " + what + " drop";
    }

    private static String reject(String what) {
        return "type filter hook forward priority 0; policy accept; " + what + " reject with tcp reset";
    }

    private static String divert(String host, int from, int to) {
        return "type nat hook prerouting priority -100; ip daddr " + host + " tcp dport " + from + " dnat to " + host
                + ":" + to;
    }

    private static MicrosoftFault onTheWay(String name, Check check, String result, String seen, String chain) {
        return new MicrosoftFault(
                name,
                check,
                result,
                seen,
                lab -> lab.router().exec("nft", "table ip fault { chain c { " + chain + "; }; }"),
                lab -> lab.router().exec("nft", "delete table ip fault"));
    }

    @Override
    public String toString() {
        return name;
    }
}
