package dev.byway.core.doctor;

import dev.byway.core.account.SourceKind;
import dev.byway.core.fleet.AddressClass;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.policy.DownloadMode;
import java.net.InetAddress;
import java.util.Set;

/** Whether devices of other sites could dial this one, where that is to be expected. */
public final class RouteRules {
    private RouteRules() {}

    /**
     * Judges the coordinator's own attempt. Behind NAT nobody outside can dial this device, and within its site nobody needs
     * to.
     *
     * @param own this device's addresses
     */
    public static Result judge(Examination.Fleet fleet, DownloadMode mode, Set<InetAddress> own) {
        return new Result(
                Check.ROUTE_IN,
                "had the coordinator dial this device",
                fleet.nearby()
                        .map(near -> routeIn(fleet.routeIn(), near, mode, own))
                        .orElseGet(() -> new Finding.NotCollected(fleet.trouble())));
    }

    private static Finding routeIn(Trial trial, Nearby near, DownloadMode mode, Set<InetAddress> own) {
        String here = near.observed().getHostAddress();
        if (trial.succeeded()) {
            return new Finding.Pass(trial.detail());
        }
        if (AddressClass.of(near.observed()) != AddressClass.GLOBAL) {
            return new Finding.NotApplicable("the coordinator sees this device at " + here
                    + ", an address that is good within its network only");
        }
        if (!own.contains(near.observed())) {
            return new Finding.NotApplicable(
                    "behind NAT: the coordinator sees this device at " + here + ", which is no address of its own");
        }
        if (!trial.failed()) {
            return new Finding.NotCollected(trial.detail());
        }
        return mode.allows(SourceKind.GROUP)
                ? new Finding.Warn(
                        "the coordinator does not reach this device at " + here + " (" + trial.detail()
                                + "), so devices of other sites do not either",
                        "let TCP peer.port in at the router: byway ports prints the rule")
                : new Finding.NotApplicable("not reached from outside (" + trial.detail() + "), which mode "
                        + mode.code() + " does not need");
    }
}
