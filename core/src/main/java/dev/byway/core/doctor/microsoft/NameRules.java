package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What looking up names says. */
final class NameRules {
    private NameRules() {}

    /**
     * Judges what was looked up.
     *
     * @param all the hosts
     * @param missing those without an address, and why
     */
    static Result judge(List<MicrosoftHost> all, Map<MicrosoftHost, String> missing) {
        return new Result(Check.MICROSOFT_NAMES, "looked up " + names(all), finding(all, missing));
    }

    private static Finding finding(List<MicrosoftHost> all, Map<MicrosoftHost, String> missing) {
        if (missing.isEmpty()) {
            return new Finding.Pass(all.size() + " names have addresses");
        }
        List<MicrosoftHost> without = all.stream().filter(missing::containsKey).toList();
        String seen = "no address here for " + names(without) + " (" + without.size() + " of " + all.size()
                + " names): " + missing.get(without.getFirst());
        String mend = "let the DNS that this device asks resolve them (a filter of names may not): nslookup "
                + without.getFirst().host();
        return without.size() == all.size() || without.stream().anyMatch(MicrosoftHost::certain)
                ? new Finding.Fail(seen, mend)
                : new Finding.Warn(seen + "; or Microsoft sends devices to others meanwhile", mend);
    }

    static String names(List<MicrosoftHost> hosts) {
        return hosts.stream().map(MicrosoftHost::host).collect(Collectors.joining(", "));
    }
}
