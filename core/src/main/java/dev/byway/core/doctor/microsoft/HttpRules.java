package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.OriginSeen;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.MicrosoftNeed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What asking the hosts of metadata and content for one byte says. Any answer will do, but from the one that has a file to be tested
 * with: that one must send the byte, and no more.
 */
public final class HttpRules {
    /** What Microsoft's own host would say of a file that is no longer there; any other refusal is a filter's. */
    private static final Set<Integer> WITHDRAWN = Set.of(404, 410, 416);

    private HttpRules() {}

    /** Judges one attempt for each host. */
    public static List<Result> judge(List<HttpSeen> all) {
        List<MicrosoftHost> hosts = all.stream().map(HttpSeen::host).toList();
        Map<MicrosoftHost, String> missing = new EnumMap<>(MicrosoftHost.class);
        Map<MicrosoftHost, String> unserved = new EnumMap<>(MicrosoftHost.class);
        List<Result> results = new ArrayList<>();
        for (HttpSeen seen : all) {
            switch (seen.origin().answer()) {
                case OriginSeen.Silent(OriginSeen.Step step, String why)
                when step == OriginSeen.Step.NAME -> missing.put(seen.host(), why);
                case OriginSeen.Silent(OriginSeen.Step _, String why) -> unserved.put(seen.host(), why);
                case OriginSeen.Barred(String why) -> unserved.put(seen.host(), why);
                case OriginSeen.Refused(int status, String why)
                when seen.host() == MicrosoftHost.UPDATE_FILES && !WITHDRAWN.contains(status) ->
                    unserved.put(seen.host(), why);
                case OriginSeen.Part _, OriginSeen.Whole _, OriginSeen.Refused _ -> {}
            }
            if (seen.host() == MicrosoftHost.UPDATE_FILES) {
                String tried = "asked for the second byte of " + seen.origin().url();
                results.add(new Result(Check.MICROSOFT_RANGES, tried, ranges(seen.origin())));
            }
        }
        results.add(NameRules.judge(hosts, missing));
        results.add(new Result(
                Check.MICROSOFT_HTTP,
                "asked " + NameRules.names(hosts) + ", TCP 80",
                http(all.size() - missing.size(), unserved)));
        return results;
    }

    private static Finding http(int resolved, Map<MicrosoftHost, String> unserved) {
        if (resolved == 0) {
            return new Finding.NotCollected("there is no address to ask");
        }
        return unserved.isEmpty()
                ? new Finding.Pass(resolved + " hosts answer")
                : new Finding.Fail(
                        NameRules.names(List.copyOf(unserved.keySet())) + " (" + unserved.size() + " of " + resolved
                                + " hosts) do not serve: "
                                + unserved.values().iterator().next()
                                + ". Without them " + MicrosoftNeed.METADATA.without(),
                        "let TCP 80 out to " + MicrosoftNeed.METADATA.farEnd()
                                + " at the firewalls or proxies on the way");
    }

    private static Finding ranges(OriginSeen seen) {
        return switch (seen.answer()) {
            case OriginSeen.Part() -> new Finding.Pass(seen.host() + " sends the part that was asked for");
            case OriginSeen.Whole whole -> {
                String who = seen.proxy().map(proxy -> "proxy " + proxy).orElse("something on the way");
                String servers = whole.servers().isEmpty() ? "" : " (" + String.join(", ", whole.servers()) + ")";
                yield new Finding.Fail(
                        "one byte was asked for and the whole file came" + servers
                                + ": Microsoft's hosts serve parts, so " + who
                                + " drops Range, and content cannot come from several sources",
                        "let " + seen.proxy().map(proxy -> "proxy " + proxy).orElse("firewalls and caches on the way")
                                + " pass Range on for *.download.windowsupdate.com and *.delivery.mp.microsoft.com");
            }
            case OriginSeen.Refused(int _, String why) ->
                new Finding.NotCollected("the file to test it with was not sent: " + why);
            case OriginSeen.Barred _, OriginSeen.Silent _ -> new Finding.NotCollected(seen.host() + " sent nothing");
        };
    }
}
