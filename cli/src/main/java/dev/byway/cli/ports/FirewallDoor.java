package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.Platform;
import dev.byway.core.ports.FirewallChange;
import dev.byway.core.ports.FirewallTextException;
import java.util.List;
import java.util.Optional;

/** Changes this machine's firewall with its own tools. Windows' are written for, and were not run anywhere. */
record FirewallDoor(Surroundings surroundings) {
    /**
     * Makes a change; how many commands that took.
     *
     * @throws CommandException when a tool is not there or refuses, or without the rights to it
     */
    int make(FirewallChange change) {
        if (!surroundings.privileged() && surroundings.platform() != Platform.WINDOWS) {
            throw CommandException.failed(
                    "NOT_PRIVILEGED", "only root may change the firewall: run the same command with sudo");
        }
        try {
            List<String> answers = change.questions().stream()
                    .map(question -> Tools.run(question, Optional.empty()))
                    .toList();
            List<FirewallChange.Step> steps = change.steps(answers);
            steps.forEach(step -> Tools.run(step.command(), step.input()));
            return steps.size();
        } catch (FirewallTextException e) {
            throw CommandException.failed("FIREWALL", String.valueOf(e.getMessage()));
        }
    }
}
