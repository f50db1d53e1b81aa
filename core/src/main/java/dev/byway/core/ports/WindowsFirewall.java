package dev.byway.core.ports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Windows' firewall, read from the registry, where its rules have the one form that no language of Windows changes
 * ([MS-GPFAS], section 2.2). A rule that blocks goes before all that allow; what none decides, the profile does. Which of the
 * three profiles counts, the network says that the machine is in.
 */
final class WindowsFirewall {
    static final List<Command> QUESTIONS = List.of(
            Command.of(
                    "reg query",
                    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy",
                    "/s"),
            Command.of("reg query", "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall", "/s"),
            Command.of(
                    "powershell.exe -NoProfile -NonInteractive -Command",
                    "(Get-NetConnectionProfile).NetworkCategory"));

    private static final String APPLY = "byway ports --apply --format windows";
    private static final String IN = "in";
    private static final String OUT = "out";

    private final WindowsRegistry local;
    private final WindowsRegistry policy;
    private final Machine machine;

    private WindowsFirewall(WindowsRegistry local, WindowsRegistry policy, Machine machine) {
        this.local = local;
        this.policy = policy;
        this.machine = machine;
    }

    private enum Profile {
        DOMAIN("Domain", "DomainAuthenticated"),
        PRIVATE("Private", "Private"),
        PUBLIC("Public", "Public");

        private final String word;
        private final String category;

        Profile(String word, String category) {
            this.word = word;
            this.category = category;
        }

        /** Of its settings; the private one's has an older name too. */
        List<String> keys() {
            return switch (this) {
                case DOMAIN -> List.of("domainprofile");
                case PRIVATE -> List.of("standardprofile", "privateprofile");
                case PUBLIC -> List.of("publicprofile");
            };
        }
    }

    static List<PacketFilter> filters(List<Optional<String>> answers, Machine machine) {
        WindowsRegistry local = WindowsRegistry.parse(answers.get(0).orElse(""));
        if (local.isEmpty()) {
            throw new FirewallTextException("what 'reg query' printed holds no firewall");
        }
        WindowsRegistry policy = WindowsRegistry.parse(answers.get(1).orElse(""));
        WindowsFirewall firewall = new WindowsFirewall(local, policy, machine);
        Map<Profile, PacketFilter> profiles = new EnumMap<>(Profile.class);
        for (Profile profile : active(answers.get(2).orElse(""))) {
            profiles.put(profile, firewall.table(profile));
        }
        return List.of(probe -> oneOf(profiles, probe));
    }

    private static Set<Profile> active(String categories) {
        Set<Profile> active = EnumSet.noneOf(Profile.class);
        for (Profile profile : Profile.values()) {
            if (categories.lines().map(String::strip).anyMatch(profile.category::equals)) {
                active.add(profile);
            }
        }
        return active.isEmpty() ? EnumSet.allOf(Profile.class) : active;
    }

    private static Verdict oneOf(Map<Profile, PacketFilter> profiles, Probe probe) {
        List<Verdict> verdicts =
                profiles.values().stream().map(filter -> filter.judge(probe)).toList();
        boolean alike = verdicts.stream().map(Verdict::label).distinct().count() == 1;
        return alike
                ? verdicts.getFirst()
                : new Verdict.Unknown("Windows' firewall: it depends on the profile, and this machine may be in "
                        + String.join(
                                " or ",
                                profiles.keySet().stream().map(one -> one.word).toList()));
    }

    private FilterTable table(Profile profile) {
        boolean on = flag(profile, "EnableFirewall", true);
        boolean closed = flag(profile, "DoNotAllowExceptions", false);
        List<FilterRule> in = closed ? List.of(closed(profile)) : rules(profile, Way.IN);
        return new FilterTable(
                EnumSet.allOf(Family.class),
                on ? Map.of(IN, in, OUT, rules(profile, Way.OUT)) : Map.of(IN, List.of(), OUT, List.of()),
                List.of(base(profile, Way.IN, on), base(profile, Way.OUT, on)));
    }

    private FilterTable.Base base(Profile profile, Way way, boolean on) {
        boolean in = way == Way.IN;
        boolean drops = on && flag(profile, in ? "DefaultInboundAction" : "DefaultOutboundAction", in);
        String words = "Windows' firewall: what " + (in ? "comes in" : "goes out")
                + " and no rule allows is blocked (profile " + profile.word + ")";
        return new FilterTable.Base(in ? IN : OUT, way, drops, new Decider(words, APPLY));
    }

    private static FilterRule closed(Profile profile) {
        return new FilterRule(
                List.of(),
                new FilterRule.Action.Drop(),
                new Decider(
                        "Windows' firewall: all that comes in is blocked, whatever rules allow (profile " + profile.word
                                + ")",
                        "Set-NetFirewallProfile -Profile " + profile.word + " -AllowInboundRules True"));
    }

    /** Those that block first. */
    private List<FilterRule> rules(Profile profile, Way way) {
        List<FilterRule> all = new ArrayList<>();
        Stream<WindowsRule> own =
                flag(profile, "AllowLocalPolicyMerge", true) ? WindowsRule.all(local, false) : Stream.empty();
        Stream.concat(WindowsRule.all(policy, true), own)
                .filter(rule -> rule.counts(way, profile.word))
                .forEach(rule -> all.addAll(rule.filterRules(way, machine)));
        List<FilterRule> ordered = new ArrayList<>();
        all.stream().filter(WindowsFirewall::mayBlock).forEach(ordered::add);
        all.stream().filter(rule -> !mayBlock(rule)).forEach(ordered::add);
        return ordered;
    }

    private static boolean mayBlock(FilterRule rule) {
        return !(rule.action() instanceof FilterRule.Action.Accept);
    }

    private boolean flag(Profile profile, String name, boolean otherwise) {
        List<String> managed = profile.keys().stream().map("mdm\\"::concat).toList();
        return Stream.of(
                        policy.values(profile.keys(), name),
                        local.values(managed, name),
                        local.values(profile.keys(), name))
                .flatMap(Optional::stream)
                .map(value -> !value.matches("0x0*"))
                .findFirst()
                .orElse(otherwise);
    }
}
