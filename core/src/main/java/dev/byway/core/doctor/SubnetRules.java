package dev.byway.core.doctor;

import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.wire.Hearing;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether this device and its neighbours agree on where their subnet ends. No router passes multicast DNS on, and a device hears
 * only senders that are on its own link as its mask tells: so a neighbour that hears this device shares its link. When this
 * device's own mask puts that neighbour elsewhere, one of the two masks is wrong.
 */
public final class SubnetRules {
    private SubnetRules() {}

    /**
     * Whether the masks agree.
     *
     * @param subnets of this device
     */
    public static Result judge(Examination seen, List<Prefix> subnets) {
        return new Result(
                Check.SUBNET, "compared this device's subnets with who hears its multicast", finding(seen, subnets));
    }

    private static Finding finding(Examination seen, List<Prefix> subnets) {
        List<Neighbour> apart = seen.neighbours().stream()
                .filter(one -> one.hearing() == Hearing.HEARD && one.isElsewhere(subnets))
                .toList();
        if (apart.isEmpty()) {
            return seen.neighbours().stream().allMatch(one -> one.isElsewhere(subnets))
                    ? new Finding.NotCollected("no neighbour is known on this device's link")
                    : new Finding.Pass("neighbours of this link are in its subnets");
        }
        return new Finding.Fail(
                apart.stream().map(Neighbour::address).collect(Collectors.joining(", "))
                        + (apart.size() == 1 ? " is" : " are")
                        + " on this device's link, but in none of its subnets: "
                        + subnets.stream().map(Prefix::toString).collect(Collectors.joining(", ")),
                "compare the prefix lengths (netmasks) of both: ip addr shows them; take the one that DHCP or your network "
                        + "plan gives");
    }
}
