package dev.byway.cli.doctor;

import dev.byway.cli.command.Version;
import dev.byway.cli.ports.ThisMachine;
import dev.byway.core.doctor.AgentRules;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.NeighbourRules;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.TunnelRules;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the agent says and tried. */
record AgentLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(
                Check.AGENT,
                Check.VERSION,
                Check.MODE,
                Check.MEMORY,
                Check.DISK_SIZE,
                Check.VPN,
                Check.METERED,
                Check.BATTERY,
                Check.UPLOAD_CAP,
                Check.PORT,
                Check.DISCOVERY,
                Check.DIAL_OUT,
                Check.DIAL_IN,
                Check.PUBLIC_ADDRESS,
                Check.GROUP,
                Check.TEREDO_SERVER,
                Check.TEREDO_NAT,
                Check.TEREDO_PEERS);
    }

    @Override
    public List<Result> look() {
        Optional<Examination> examination = patient.examination().join();
        if (examination.isEmpty()) {
            return List.of(new Result(
                    Check.AGENT,
                    "looked into " + patient.invocation().state(),
                    new Finding.Fail("no agent runs for this state folder", "byway agent")));
        }
        Examination seen = examination.get();
        EffectiveSettings settings = patient.settings();
        List<Result> results = new ArrayList<>();
        results.add(new Result(Check.AGENT, "asked it", new Finding.Pass("it answers")));
        results.add(new Result(Check.VERSION, "compared", version(seen.version())));
        results.addAll(AgentRules.judge(seen, settings));
        results.addAll(NeighbourRules.judge(seen, settings, ThisMachine.subnets(settings.get(Settings.PEER_ADDRESS))));
        results.addAll(TunnelRules.judge(seen.tunnel(), settings));
        seen.fleet()
                .ifPresentOrElse(
                        fleet -> results.addAll(NeighbourRules.judge(fleet, settings)),
                        () -> results.addAll(withoutFleet()));
        return results;
    }

    private static List<Result> withoutFleet() {
        Finding none = new Finding.NotApplicable("no fleet");
        return List.of(new Result(Check.PUBLIC_ADDRESS, "", none), new Result(Check.GROUP, "", none));
    }

    private static Finding version(String agent) {
        return agent.equals(Version.text())
                ? new Finding.Pass(agent)
                : new Finding.Warn(
                        "the agent is " + agent + ", this command " + Version.text(),
                        "restart the agent, so that it runs what is installed");
    }
}
