package dev.byway.core.doctor;

import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.fleet.Shortage;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.wire.Hearing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What trying the neighbours says of the way to them and back. */
public final class NeighbourRules {
    private static final String NOBODY =
            "no neighbour is known to try it with: name one with --peer, or start another agent beside this one";

    private NeighbourRules() {}

    /**
     * Judges what was tried.
     *
     * @param subnets of this device
     */
    public static List<Result> judge(Examination seen, EffectiveSettings settings, List<Prefix> subnets) {
        List<Result> results = new ArrayList<>();
        results.add(new Result(
                Check.DISCOVERY,
                "compared whom DNS-SD found with whom the coordinator names, and asked them whom they hear",
                discovery(seen, settings, subnets)));
        results.add(new Result(
                Check.DIAL_OUT,
                "dialled the neighbours and shook hands",
                way(seen, Neighbour::outward, "reached", DIAL_OUT_MEND)));
        results.add(new Result(
                Check.DIAL_IN,
                "asked the neighbours to dial this device",
                way(seen, Neighbour::inward, "reached by", DIAL_IN_MEND)));
        return results;
    }

    private static final String DIAL_OUT_MEND =
            "let TCP peer.port out here and in there: byway ports prints the rules; look at switches and access points between";
    private static final String DIAL_IN_MEND =
            "let TCP peer.port in here: byway ports prints the rule; look at switches and access points between";

    private static Finding discovery(Examination seen, EffectiveSettings settings, List<Prefix> subnets) {
        if (!settings.get(Settings.LAN_DISCOVERY)) {
            return new Finding.NotApplicable("lan.discovery is off");
        }
        List<Neighbour> heard =
                seen.neighbours().stream().filter(Neighbour::heard).toList();
        return heard.isEmpty() ? nobodyHeard(seen, subnets) : heardBack(seen, heard);
    }

    private static Finding nobodyHeard(Examination seen, List<Prefix> subnets) {
        List<Neighbour> named = seen.neighbours().stream()
                .filter(one -> one.named() && !one.isElsewhere(subnets))
                .toList();
        if (named.isEmpty()) {
            return new Finding.NotCollected("DNS-SD found nobody, and nobody is known who should have been found");
        }
        List<Neighbour> hearers = that(named, Hearing.HEARD);
        return hearers.isEmpty()
                ? new Finding.Fail(
                        "DNS-SD found nobody, while the coordinator names " + names(named) + " of this site",
                        "let multicast to 224.0.0.251 and ff02::fb, UDP 5353, pass between the devices: IGMP snooping "
                                + "without a querier, or an access point's multicast filter, may drop it")
                : new Finding.Fail(
                        "DNS-SD found nobody, although this device is heard by " + names(hearers),
                        "let multicast to 224.0.0.251 and ff02::fb, UDP 5353, through to this device: IGMP snooping "
                                + "without a querier, or a filter on the way here, drops it");
    }

    /** One neighbour that hears this device is enough to show that its multicast gets through. */
    private static Finding heardBack(Examination seen, List<Neighbour> heard) {
        List<Neighbour> deaf = that(heard, Hearing.NOT_HEARD);
        boolean answered = !that(seen.neighbours(), Hearing.HEARD).isEmpty();
        String found = heard.size() + (heard.size() == 1 ? " neighbour found" : " neighbours found");
        return answered || deaf.isEmpty()
                ? new Finding.Pass(answered ? found + "; this device is heard too" : found)
                : new Finding.Fail(
                        "DNS-SD found " + names(deaf) + ", who " + (deaf.size() == 1 ? "does" : "do")
                                + " not hear this device: what it holds is not looked for here",
                        "let this device's multicast to 224.0.0.251 and ff02::fb, UDP 5353, reach the others: a switch or "
                                + "access point drops it, or a firewall of theirs");
    }

    private static List<Neighbour> that(List<Neighbour> neighbours, Hearing hearing) {
        return neighbours.stream().filter(one -> one.hearing() == hearing).toList();
    }

    /** One neighbour that works is enough to show that the way is open; when all fail, the way is not. */
    private static Finding way(Examination seen, Function<Neighbour, Trial> direction, String word, String mend) {
        List<Neighbour> failed = seen.inQuestion().stream()
                .filter(one -> direction.apply(one).failed())
                .toList();
        List<Neighbour> worked = seen.inQuestion().stream()
                .filter(one -> direction.apply(one).succeeded())
                .toList();
        if (!worked.isEmpty()) {
            return new Finding.Pass(word + " " + names(worked)
                    + (failed.isEmpty() ? "" : "; not " + names(failed) + ": " + detail(failed, direction)));
        }
        if (!failed.isEmpty()) {
            return new Finding.Fail("not " + word + " " + names(failed) + ": " + detail(failed, direction), mend);
        }
        return new Finding.NotCollected(
                seen.inQuestion().isEmpty()
                        ? NOBODY
                        : direction.apply(seen.inQuestion().getFirst()).detail());
    }

    private static String detail(List<Neighbour> failed, Function<Neighbour, Trial> direction) {
        return direction.apply(failed.getFirst()).detail();
    }

    private static String names(List<Neighbour> neighbours) {
        return neighbours.stream()
                .sorted(Comparator.comparing(Neighbour::address))
                .map(one -> one.address().isEmpty() ? "a device that takes no links" : one.address())
                .collect(Collectors.joining(", "));
    }

    /** What the coordinator's view of the neighbourhood says. */
    public static List<Result> judge(Examination.Fleet fleet, EffectiveSettings settings) {
        String tried = "asked the coordinator who is near";
        Optional<Nearby> nearby = fleet.nearby();
        if (nearby.isEmpty()) {
            Finding unknown = new Finding.NotCollected(fleet.trouble());
            return List.of(new Result(Check.PUBLIC_ADDRESS, tried, unknown), new Result(Check.GROUP, tried, unknown));
        }
        return List.of(
                new Result(Check.PUBLIC_ADDRESS, tried, publicAddress(nearby.get())),
                new Result(Check.GROUP, tried, group(nearby.get(), settings)));
    }

    private static Finding publicAddress(Nearby nearby) {
        String here = nearby.observed().getHostAddress() + ", site " + nearby.site();
        return nearby.elsewhere().isEmpty()
                ? new Finding.Pass("this device is seen at " + here)
                : new Finding.Fail(
                        "this device is seen at " + here + ", but neighbours on its own link ("
                                + nearby.elsewhere().size() + ") are seen at another site",
                        "send this device's traffic to the coordinator the way its neighbours' goes (proxy, VPN, second line), "
                                + "or name all its prefixes as one site in the coordinator's site.prefixes");
    }

    private static Finding group(Nearby nearby, EffectiveSettings settings) {
        Optional<Shortage> others = nearby.shortages().stream()
                .filter(shortage -> shortage.reason() == Shortage.Reason.OTHER_GROUP)
                .findFirst();
        String ours = settings.get(Settings.GROUP_ID).orElse("");
        if (others.isEmpty()) {
            return new Finding.Pass(ours.isEmpty() ? "no match group is set" : "group " + ours);
        }
        int devices = others.get().devices();
        String who = devices == 1 ? "a device of this site is" : devices + " devices of this site are";
        String seen = ours.isEmpty()
                ? who + " in a match group, and this one in none"
                : who + " not in this device's match group, " + ours;
        return nearby.peers().isEmpty()
                ? new Finding.Fail(seen, "set the same DOGroupId on all, or DODownloadMode=1 to share within the site")
                : new Finding.Pass(seen + "; " + nearby.peers().size() + " others are not");
    }
}
