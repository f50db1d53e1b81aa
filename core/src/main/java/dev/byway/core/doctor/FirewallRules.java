package dev.byway.core.doctor;

import dev.byway.core.ports.Decider;
import dev.byway.core.ports.FirewallReading;
import dev.byway.core.ports.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this device's own firewall says of what is needed. */
public final class FirewallRules {
    private static final String TRIED = "read this machine's firewall, as byway ports --check does";

    private FirewallRules() {}

    /** One result for all needs, which names every one that is blocked. */
    public static Result judge(List<FirewallReading.Finding> findings) {
        List<FirewallReading.Finding> blocked = findings.stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Blocked)
                .toList();
        if (!blocked.isEmpty()) {
            return new Result(
                    Check.FIREWALL,
                    TRIED,
                    new Finding.Fail(
                            blocked.stream()
                                    .map(FirewallRules::sentence)
                                    .distinct()
                                    .collect(Collectors.joining("; ")),
                            blocked.stream()
                                    .flatMap(FirewallRules::undo)
                                    .distinct()
                                    .collect(Collectors.joining(" && "))));
        }
        return new Result(
                Check.FIREWALL,
                TRIED,
                findings.stream()
                        .map(FirewallReading.Finding::verdict)
                        .filter(verdict -> verdict instanceof Verdict.Unknown)
                        .findFirst()
                        .<Finding>map(unknown -> new Finding.NotCollected(unknown.detail()))
                        .orElseGet(() -> findings.isEmpty()
                                ? new Finding.NotApplicable("this mode needs no ports")
                                : new Finding.Pass("all " + findings.size() + " needs are let through")));
    }

    private static Stream<String> undo(FirewallReading.Finding finding) {
        return finding.verdict() instanceof Verdict.Blocked(Decider by) ? Stream.of(by.undo()) : Stream.empty();
    }

    private static String sentence(FirewallReading.Finding finding) {
        return finding.rule().transport() + " " + finding.rule().port().label() + " "
                + finding.rule().way().label() + " (" + finding.rule().need().label() + ") is blocked by "
                + finding.verdict().detail();
    }
}
