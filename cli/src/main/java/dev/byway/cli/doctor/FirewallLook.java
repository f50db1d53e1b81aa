package dev.byway.cli.doctor;

import dev.byway.cli.ports.LocalFirewall;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.FirewallRules;
import dev.byway.core.doctor.Result;
import java.util.List;
import java.util.Set;

/** This machine's own firewall. */
record FirewallLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return Set.of(Check.FIREWALL);
    }

    @Override
    public List<Result> look() {
        return List.of(FirewallRules.judge(
                LocalFirewall.check(patient.invocation().surroundings(), patient.settings(), patient.coordinator())));
    }
}
