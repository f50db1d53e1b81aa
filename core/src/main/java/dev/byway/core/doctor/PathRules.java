package dev.byway.core.doctor;

import dev.byway.core.doctor.Examination.Neighbour;
import java.util.List;
import java.util.stream.Collectors;

/** What the link layer and echoes say of the path to others. */
public final class PathRules {
    private PathRules() {}

    /**
     * Echoes of two sizes from one host (ICMP, RFC 792; packets that may not be cut, RFC 1191).
     *
     * @param address of the host
     * @param small whether a small one came back
     * @param large whether one as large as the interface takes came back
     * @param size of that one, in bytes
     */
    public record Echo(String address, boolean small, boolean large, int size) {}

    /** Whether the network keeps its devices apart. */
    public static Result isolation(Examination seen, LinkLayer link) {
        List<String> silent = seen.neighbours().stream()
                .filter(one -> !one.outward().succeeded() && !one.inward().succeeded())
                .map(PathRules::host)
                .filter(address -> !link.answered().getOrDefault(address, true))
                .toList();
        boolean met = seen.neighbours().stream()
                .anyMatch(one -> one.outward().succeeded() || one.inward().succeeded());
        return new Result(Check.ISOLATION, "looked who answered on the link itself", judge(seen, silent, met));
    }

    private static Finding judge(Examination seen, List<String> silent, boolean met) {
        if (met) {
            return new Finding.Pass("neighbours answer");
        }
        if (!silent.isEmpty()) {
            return new Finding.Fail(
                    String.join(", ", silent) + " of this link, whom the coordinator has just seen, "
                            + (silent.size() == 1 ? "does" : "do") + " not even answer ARP",
                    "switch client isolation (also: AP isolation, private VLAN, port isolation) off in this network's access "
                            + "point or switch");
        }
        return seen.neighbours().isEmpty()
                ? new Finding.NotCollected("no neighbour is known to try it with")
                : new Finding.Pass("neighbours answer on the link itself");
    }

    private static String host(Neighbour one) {
        int colon = one.address().lastIndexOf(':');
        return colon < 0 ? one.address() : one.address().substring(0, colon);
    }

    /** Whether large packets get lost where small ones pass. */
    public static Result mtu(List<Echo> echoes) {
        List<Echo> lost =
                echoes.stream().filter(echo -> echo.small() && !echo.large()).toList();
        List<Echo> passed = echoes.stream().filter(Echo::large).toList();
        Finding finding;
        if (!lost.isEmpty()) {
            finding = new Finding.Fail(
                    "packets of " + lost.getFirst().size() + " bytes to "
                            + lost.stream().map(Echo::address).collect(Collectors.joining(", "))
                            + " get lost without a word, small ones arrive",
                    "lower the MTU of this interface to what the path takes (ip link set dev IFACE mtu 1280), or let ICMP "
                            + "\"packet too big\" pass on the way");
        } else if (!passed.isEmpty()) {
            finding = new Finding.Pass("packets of " + passed.getFirst().size() + " bytes arrive");
        } else {
            finding = new Finding.NotCollected("nobody answers pings");
        }
        return new Result(
                Check.PATH_MTU,
                "pinged the gateway, the coordinator and neighbours with small and large packets",
                finding);
    }
}
