package dev.byway.core.doctor;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the agent's own policy and port say. */
public final class AgentRules {
    private static final String TRIED = "asked the agent";

    private AgentRules() {}

    /** Judges what it says of itself. */
    public static List<Result> judge(Examination seen, EffectiveSettings settings) {
        List<Result> results = new ArrayList<>();
        results.add(new Result(Check.MODE, TRIED, mode(settings.get(Settings.DOWNLOAD_MODE))));
        results.add(gate(seen, Check.MEMORY, ReasonCode.RAM_BELOW_MINIMUM, "the device has enough memory"));
        results.add(gate(seen, Check.DISK_SIZE, ReasonCode.DISK_BELOW_MINIMUM, "the volume is large enough"));
        results.add(gate(seen, Check.VPN, ReasonCode.ON_VPN, "no VPN in the way"));
        results.add(gate(seen, Check.METERED, ReasonCode.METERED, "not metered, as far as the system tells"));
        results.add(gate(seen, Check.BATTERY, ReasonCode.ON_BATTERY, "uploads are allowed"));
        results.add(gate(seen, Check.UPLOAD_CAP, ReasonCode.UPLOAD_CAP_REACHED, "below the cap, or there is none"));
        results.add(new Result(Check.PORT, TRIED, port(seen)));
        return results;
    }

    private static Finding mode(DownloadMode mode) {
        String seen = "mode " + mode.code() + " (" + mode.label() + ")";
        return mode.allowsPeers()
                ? new Finding.Pass(seen)
                : new Finding.Fail(
                        seen + " uses no peers at all",
                        "set DODownloadMode to 1 for the site, 2 for the group, 3 for all");
    }

    /** What stops downloads is a failure; what stops uploads alone leaves this device its neighbours' bytes. */
    private static Result gate(Examination seen, Check check, ReasonCode code, String well) {
        Optional<Reason> down = find(seen.downloads(), code);
        Optional<Reason> up = find(seen.uploads(), code);
        Finding finding = Stream.of(
                        down.<Finding>map(reason -> new Finding.Fail(reason.detail(), remedy(reason))),
                        up.<Finding>map(reason -> new Finding.Warn(reason.detail(), remedy(reason))))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Finding.Pass(well));
        return new Result(check, TRIED, finding);
    }

    private static Optional<Reason> find(List<Reason> reasons, ReasonCode code) {
        return reasons.stream().filter(reason -> reason.code() == code).findFirst();
    }

    private static String remedy(Reason reason) {
        return reason.code().remedy();
    }

    private static Finding port(Examination seen) {
        return seen.port() > 0
                ? new Finding.Pass("on TCP " + seen.port())
                : new Finding.Fail(
                        seen.portNote(),
                        "stop the program that holds the port, or set peer.port, and restart the agent");
    }
}
