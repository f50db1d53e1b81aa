package dev.byway.cli.ports;

import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Provenance;
import dev.byway.core.policy.Settings;
import dev.byway.core.ports.Circumstances;
import dev.byway.core.ports.Firewall;
import dev.byway.core.ports.FirewallChange;
import dev.byway.core.ports.FirewallReading.Finding;
import dev.byway.core.ports.Machine;
import dev.byway.core.ports.PortRole;
import dev.byway.core.ports.PortRule;
import dev.byway.core.ports.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code byway ports}: which ports are needed, and the rules that let firewalls open those and no others. */
@Command(
        name = "ports",
        description = {
            "Show the ports that this machine needs: what for, from where, and what stops working without each.",
            "Or print them as rules for a firewall: no more than is needed, as near as the mode allows.",
            "What is not said comes from the agent that runs here, else from this machine's settings, and from the fleet that it",
            "has joined."
        },
        footer = {
            "",
            "Answers to what was let through must pass too: every rule here presumes a firewall that keeps state.",
            "Rules name the subnets that this machine is in now; print or apply them anew when it moves.",
            "What --apply puts into nftables lasts until its rules are loaded anew; ufw, firewalld and Windows keep theirs.",
            "A device never needs 443 inbound, and nothing inbound in mode 0. docs/ports.md has the whole table.",
            "",
            "Examples:",
            "  byway ports                                what this machine needs",
            "  byway ports --mode 3 --json                what it would need in mode 3",
            "  byway ports --format nftables > byway.nft  rules; load: nft -f byway.nft",
            "  byway ports --role coordinator --format ufw",
            "  byway ports --format ufw --apply           puts them in, as root",
            "  byway ports --format ufw --remove          takes all of Byway's out",
            "  byway ports --check                        what the firewall here lets through,",
            "                                             as root; 1 if it blocks anything",
            "  byway ports --system microsoft --mode 2    what Windows' own service needs"
        })
public final class PortsCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    @Option(
            names = "--mode",
            paramLabel = "0|1|2|3|99",
            description = "DODownloadMode of the devices (default: as set).")
    private Optional<String> mode = Optional.empty();

    @Option(
            names = "--role",
            paramLabel = "agent|cache|coordinator",
            description = "What the machine is (default: agent).")
    private PortRole role = PortRole.AGENT;

    @Option(
            names = "--restrict",
            paramLabel = "none|subnet|local",
            description = "DORestrictPeerSelectionBy of the devices (default: as set).")
    private Optional<String> restriction = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, json, windows, nftables, iptables, ufw or firewalld (default: table).")
    private PortFormat format = PortFormat.TABLE;

    @Option(
            names = "--program",
            paramLabel = "PATH",
            description =
                    "The program that Windows' firewall is to let through, and that the firewalls of Windows and macOS are"
                            + " checked for (default there: the one that runs).")
    private Optional<String> program = Optional.empty();

    /** Whose ports. */
    private enum PortSystem {
        BYWAY,
        MICROSOFT
    }

    @Option(
            names = "--system",
            paramLabel = "byway|microsoft",
            description = "Whose ports: Byway's, or those of Microsoft's Delivery Optimization, table and JSON only"
                    + " (default: byway).")
    private PortSystem system = PortSystem.BYWAY;

    @ArgGroup
    private Change change = new Change();

    /** What is done with this machine's firewall; nothing, if none is given. */
    private static final class Change {
        @Option(names = "--apply", description = "Put the rules into the firewall that --format names.")
        private boolean apply;

        @Option(names = "--remove", description = "Take all rules of Byway out of the firewall that --format names.")
        private boolean remove;

        @Option(
                names = "--check",
                description =
                        "Say what this machine's firewall does with each need: open, blocked by which rule, unknown.")
        private boolean check;
    }

    public PortsCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        EffectiveSettings settings = settings();
        if (system == PortSystem.MICROSOFT) {
            microsoft(settings.get(Settings.DOWNLOAD_MODE));
            return ExitCode.DONE.number();
        }
        Circumstances now = Circumstances.of(settings, role, platform(), joined());
        List<PortRule> rules = PortRule.all(now);
        Optional<Firewall> firewall = format.firewall();
        if (change.check) {
            return check(rules, machine(settings));
        }
        if (change.apply || change.remove) {
            change(firewall.orElseThrow(PortsCommand::whichFirewall), rules, settings);
        } else if (firewall.isPresent()) {
            invocation.console().out().print(firewall.get().script(rules, machine(settings)));
            invocation.console().out().flush();
        } else if (format == PortFormat.JSON || invocation.json()) {
            Json.print(invocation.console(), PortListing.json(now, rules));
        } else {
            PortListing.print(invocation.console(), now, rules);
        }
        return ExitCode.DONE.number();
    }

    private void microsoft(DownloadMode of) {
        if (format.firewall().isPresent() || change.apply || change.remove || change.check) {
            throw CommandException.wrongUsage(
                    "--system microsoft is printed as a table or JSON alone: Windows opens its own ports itself");
        }
        if (format == PortFormat.JSON || invocation.json()) {
            Json.print(invocation.console(), MicrosoftListing.json(of));
        } else {
            MicrosoftListing.print(invocation.console(), of);
        }
    }

    private int check(List<PortRule> rules, Machine machine) {
        List<Finding> findings = new FirewallCheck(invocation.surroundings()).findings(rules, machine);
        if (invocation.json() || format == PortFormat.JSON) {
            Json.print(invocation.console(), FirewallCheck.json(findings));
        } else {
            FirewallCheck.print(invocation.console(), findings);
        }
        boolean blocked = findings.stream().anyMatch(finding -> finding.verdict() instanceof Verdict.Blocked);
        return (blocked ? ExitCode.FAILED : ExitCode.DONE).number();
    }

    private static CommandException whichFirewall() {
        return CommandException.wrongUsage(
                "say which firewall to change: --format nftables, ufw, firewalld or windows");
    }

    private void change(Firewall firewall, List<PortRule> rules, EffectiveSettings settings) {
        FirewallChange wanted = change.apply
                ? FirewallChange.apply(firewall, rules, machine(settings))
                : FirewallChange.remove(firewall);
        int done = new FirewallDoor(invocation.surroundings()).make(wanted);
        String what = change.apply ? "Byway's rules are in " : "No rules of Byway are left in ";
        if (invocation.json()) {
            Json.print(
                    invocation.console(),
                    node -> node.put("firewall", firewall.label()).put("changes", done));
        } else {
            invocation.console().out().println(what + firewall.label() + ".");
        }
    }

    private EffectiveSettings settings() {
        EffectiveSettings settings = ofThisMachine();
        if (mode.isPresent()) {
            settings = settings.with(Settings.DOWNLOAD_MODE, mode(mode.get()));
        }
        if (restriction.isPresent()) {
            settings = settings.with(Settings.RESTRICT_PEER_SELECTION, restriction(restriction.get()));
        }
        boolean portIsDefault = settings.value(Settings.PEER_PORT).from() instanceof Provenance.Default;
        return portIsDefault
                ? settings.with(
                        Settings.PEER_PORT,
                        EffectiveSettings.defaults(platform()).get(Settings.PEER_PORT))
                : settings;
    }

    /** A running agent is what needs the ports, whatever files say by now; {@code --set} asks about another one. */
    private EffectiveSettings ofThisMachine() {
        boolean asked = !invocation.options().assignments().isEmpty();
        return role != PortRole.AGENT || asked ? invocation.settings() : door.settings();
    }

    /** The platform that the rules are for. */
    private Platform platform() {
        return format == PortFormat.WINDOWS
                ? Platform.WINDOWS
                : invocation.surroundings().platform();
    }

    private static DownloadMode mode(String text) {
        try {
            return Settings.DOWNLOAD_MODE.type().parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--mode " + text + " is no mode: give "
                    + Settings.DOWNLOAD_MODE.type().allowed());
        }
    }

    private static PeerRestriction restriction(String text) {
        return switch (text) {
            case "none" -> PeerRestriction.NONE;
            case "subnet" -> PeerRestriction.SUBNET;
            case "local" -> PeerRestriction.LOCAL_DISCOVERY;
            default ->
                throw CommandException.wrongUsage(
                        "--restrict " + text + " is no restriction: give none, subnet or local");
        };
    }

    private Optional<URI> joined() {
        return JoinedFleet.load(invocation.state())
                .flatMap(fleet -> fleet.urls().stream().findFirst())
                .map(URI::create);
    }

    private Machine machine(EffectiveSettings settings) {
        boolean asked = change.check || invocation.surroundings().platform() == Platform.WINDOWS;
        Optional<String> named =
                program.or(() -> asked ? ProcessHandle.current().info().command() : Optional.empty());
        return ThisMachine.of(settings.get(Settings.PEER_ADDRESS), named);
    }
}
