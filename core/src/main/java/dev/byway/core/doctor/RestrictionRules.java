package dev.byway.core.doctor;

import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Settings;
import java.util.List;
import java.util.stream.Collectors;

/** Whether DORestrictPeerSelectionBy leaves any of the neighbours. */
public final class RestrictionRules {
    private RestrictionRules() {}

    /**
     * Whether a neighbour is left.
     *
     * @param subnets of this device
     */
    public static Result judge(Examination seen, EffectiveSettings settings, List<Prefix> subnets) {
        return new Result(
                Check.RESTRICTION,
                "compared the neighbours' addresses with this device's subnets",
                finding(seen, settings, subnets));
    }

    private static Finding finding(Examination seen, EffectiveSettings settings, List<Prefix> subnets) {
        PeerRestriction restriction = settings.get(Settings.RESTRICT_PEER_SELECTION);
        if (restriction == PeerRestriction.NONE) {
            return new Finding.NotApplicable("DORestrictPeerSelectionBy is 0");
        }
        if (settings.get(Settings.DOWNLOAD_MODE) == DownloadMode.INTERNET) {
            return new Finding.NotApplicable("mode 3 knows no restriction");
        }
        List<Neighbour> elsewhere = seen.inQuestion().stream()
                .filter(one -> one.isElsewhere(subnets))
                .toList();
        int all = seen.inQuestion().size();
        if (all == 0) {
            return new Finding.NotCollected("no neighbour is known that could be kept out");
        }
        return elsewhere.size() < all
                ? new Finding.Pass(all - elsewhere.size() + " of " + all + " neighbours are in this device's subnets")
                : new Finding.Fail(
                        (all == 1 ? "the only neighbour is" : "all " + all + " neighbours are") + " in other subnets ("
                                + elsewhere.stream().map(Neighbour::address).collect(Collectors.joining(", "))
                                + "), and peers are restricted to " + restriction.label(),
                        "set DORestrictPeerSelectionBy=0 to use the whole site");
    }
}
