package dev.byway.cli.ports;

import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.ports.Circumstances;
import dev.byway.core.ports.FirewallReading;
import dev.byway.core.ports.Machine;
import dev.byway.core.ports.PortRole;
import dev.byway.core.ports.PortRule;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** This machine's own firewall, held against what an agent with given settings needs. Changes nothing. */
public final class LocalFirewall {
    private LocalFirewall() {}

    /**
     * What becomes of each need.
     *
     * @param joined the coordinator that the machine has joined
     */
    public static List<FirewallReading.Finding> check(
            Surroundings surroundings, EffectiveSettings settings, Optional<URI> joined) {
        Circumstances now = Circumstances.of(settings, PortRole.AGENT, surroundings.platform(), joined);
        Machine machine = ThisMachine.of(
                settings.get(Settings.PEER_ADDRESS),
                ProcessHandle.current().info().command());
        return new FirewallCheck(surroundings).findings(PortRule.all(now), machine);
    }
}
