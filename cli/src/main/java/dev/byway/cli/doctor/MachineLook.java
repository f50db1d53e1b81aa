package dev.byway.cli.doctor;

import dev.byway.agent.api.AgentProcess;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.ports.ThisMachine;
import dev.byway.cli.ports.Tools;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.MachineRules;
import dev.byway.core.doctor.RestrictionRules;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.SubnetRules;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.ports.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** This machine: its service, the limits of the agent's process, its subnets. */
record MachineLook(Patient patient) implements Look {
    /** Where systemd looks for units (systemd.unit(5)). */
    private static final List<Path> FOLDERS = Stream.of(
                    "/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system")
            .map(Path::of)
            .toList();

    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.SERVICE, Check.LIMITS, Check.SUBNET, Check.RESTRICTION);
    }

    @Override
    public List<Result> look() {
        Optional<Examination> seen = patient.examination().join();
        List<Result> results = new ArrayList<>(List.of(service(seen.isPresent()), limits()));
        seen.map(this::subnets).ifPresent(results::addAll);
        return results;
    }

    private List<Result> subnets(Examination seen) {
        EffectiveSettings settings = patient.settings();
        List<Prefix> subnets = ThisMachine.subnets(settings.get(Settings.PEER_ADDRESS));
        return List.of(SubnetRules.judge(seen, subnets), RestrictionRules.judge(seen, settings, subnets));
    }

    private static Result service(boolean answers) {
        Optional<String> unit = MachineRules.UNITS.stream()
                .filter(name -> FOLDERS.stream().anyMatch(folder -> Files.exists(folder.resolve(name))))
                .findFirst();
        return MachineRules.service(unit, unit.flatMap(MachineLook::state), answers);
    }

    private static Optional<String> state(String unit) {
        try {
            String said =
                    Tools.run(Command.of("systemctl show --property=ActiveState --value " + unit), Optional.empty());
            return Optional.of(said.strip()).filter(state -> !state.isEmpty());
        } catch (CommandException e) {
            return Optional.empty(); // not there, or this machine was not started by systemd
        }
    }

    private Result limits() {
        Optional<Path> file = AgentProcess.of(patient.invocation().state())
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "limits"));
        if (file.isEmpty()) {
            return unknown("the agent's process is not known");
        }
        try {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? MachineRules.limits(Files.readString(file.get()))
                    : new Result(Check.LIMITS, "", new Finding.NotApplicable("only Linux tells these limits"));
        } catch (IOException e) {
            return unknown("cannot read " + file.get() + " (" + Trouble.of(e) + ")");
        }
    }

    private static Result unknown(String because) {
        return new Result(Check.LIMITS, "", new Finding.NotCollected(because));
    }
}
