package dev.byway.cli.service;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Table;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.policy.Platform;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code byway service}: Byway as a service of the system. */
@Command(
        name = "service",
        description = {
            "Run Byway as a service of the system: under a user of its own that may write one folder and use the network.",
            "The packages for Debian and Ubuntu bring the service with them; this is for every other way of installing."
        },
        footer = {
            "",
            "Linux with systemd. For macOS (launchd) and Windows (a start-up task) --dry-run prints the definition",
            "and the commands; neither has been run anywhere yet.",
            "",
            "Examples:",
            "  byway service install --dry-run          what would be written and run",
            "  sudo byway service install               the agent, from now on",
            "  sudo byway service install --role coordinator",
            "  byway service status                     exit status 0 if it runs, else 3",
            "  sudo byway service uninstall             state, settings and user stay"
        })
public final class ServiceCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // the parser sets it before anything runs
    private CommandSpec spec;

    private ServiceCommand() {}

    /** The command with its subcommands. */
    public static CommandLine line(Invocation invocation) {
        return new CommandLine(new ServiceCommand())
                .addSubcommand(new Install(invocation))
                .addSubcommand(new Uninstall(invocation))
                .addSubcommand(new Status(invocation))
                .addSubcommand(new Definition(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command: install, uninstall, status or definition");
    }

    /** Which service is meant. */
    private static final class Which {
        @Option(names = "--role", paramLabel = "agent|coordinator", description = "Which service (default: agent).")
        private ServiceRole role = ServiceRole.AGENT;

        @Option(
                names = "--program",
                paramLabel = "PATH",
                description = "The launcher that the service starts (default: the one that runs).")
        private Optional<Path> program = Optional.empty();

        Service on(Invocation invocation) {
            Platform platform = invocation.surroundings().platform();
            String launcher = program.map(invocation.surroundings()::resolve)
                    .map(Path::toString)
                    .or(() -> Optional.ofNullable(System.getProperty("byway.launcher")))
                    .orElseThrow(() -> CommandException.wrongUsage(
                            "say with --program where the launcher 'byway' is: it was not started by one"));
            return new Service(role, platform, launcher);
        }
    }

    private static void tell(Invocation invocation, String done, Service service, Plan plan) {
        if (invocation.json()) {
            Json.print(invocation.console(), node -> {
                node.put("done", done).put("service", service.role().unit());
                node.set(
                        "steps",
                        Json.array(
                                plan.steps(),
                                (one, step) -> one.put("step", step.told().strip())));
            });
        } else {
            Console console = invocation.console();
            console.out().println(done);
            console.out().flush();
        }
    }

    private static void preview(Invocation invocation, Service service, Plan plan) {
        if (invocation.json()) {
            tell(invocation, "nothing", service, plan);
        } else {
            plan.steps().forEach(step -> invocation.console().out().println(step.told()));
            invocation.console().out().flush();
        }
    }

    /** Whether this machine can do it, and this user may. */
    private static void mustBeAble(Invocation invocation, Service service, String what) {
        String again = "byway service " + what + (service.role() == ServiceRole.AGENT ? "" : " --role coordinator");
        if (service.platform() != Platform.LINUX) {
            throw CommandException.failed(
                    "NOT_HERE",
                    "Byway does this by itself on Linux only: '" + again
                            + " --dry-run' prints the definition and the commands to run as administrator");
        }
        Systemd.mustRun(service.role());
        if (!invocation.surroundings().privileged()) {
            throw CommandException.failed("NOT_PRIVILEGED", "only root may do that: run 'sudo " + again + "'");
        }
    }

    @Command(name = "install", description = "Put the service in and start it; a second time takes over what is new.")
    private static final class Install implements Runnable {
        private final Invocation invocation;

        @Mixin
        private final Which which = new Which();

        @Option(names = "--dry-run", description = "Print what would be written and run, and do nothing.")
        private boolean dryRun;

        Install(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            Service service = which.on(invocation);
            boolean here = service.platform() == Platform.LINUX;
            Plan plan = Plan.install(service, here && Systemd.hasUser(service.user()));
            if (dryRun) {
                preview(invocation, service, plan);
                return;
            }
            mustBeAble(invocation, service, "install");
            Systemd.packaged(service.role()).ifPresent(file -> {
                throw CommandException.failed(
                        "PACKAGED",
                        "a package brought the service already (" + file + "): run 'systemctl enable --now "
                                + service.role().unit() + "'");
            });
            Systemd.hidden(Path.of(service.program())).ifPresent(why -> {
                throw CommandException.failed(
                        "HIDDEN",
                        "the service's user " + service.user() + " cannot run " + service.program() + ", because " + why
                                + ": move Byway to a place such as /opt/byway, and install from there");
            });
            plan.steps().forEach(Systemd::make);
            tell(
                    invocation,
                    "Installed and started " + service.role().unit() + ".service as user " + service.user()
                            + ". State: " + service.stateFolder() + ", settings: " + service.settingsFile() + ".",
                    service,
                    plan);
        }
    }

    @Command(name = "uninstall", description = "Stop the service and take it out; state, settings and user stay.")
    private static final class Uninstall implements Runnable {
        private final Invocation invocation;

        @Mixin
        private final Which which = new Which();

        @Option(names = "--dry-run", description = "Print what would be run and deleted, and do nothing.")
        private boolean dryRun;

        Uninstall(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            Service service = which.on(invocation);
            Plan plan = Plan.uninstall(service);
            if (dryRun) {
                preview(invocation, service, plan);
                return;
            }
            mustBeAble(invocation, service, "uninstall");
            ServiceState state = Systemd.state(service.role());
            if (!state.definition().equals(service.definitionFile())) {
                throw CommandException.failed(
                        "NOT_INSTALLED",
                        state.installed()
                                ? "a package brought the service (" + state.definition() + "): run 'apt remove "
                                        + service.role().unit() + "'"
                                : "there is no service " + service.role().unit() + " to take out");
            }
            plan.steps().forEach(Systemd::make);
            tell(
                    invocation,
                    "Stopped and removed " + service.role().unit() + ".service. Kept: " + service.stateFolder() + ", "
                            + service.settingsFile() + ", the user " + service.user() + ".",
                    service,
                    plan);
        }
    }

    @Command(
            name = "status",
            description = "Say whether the service is installed and runs; exit status 0 if it runs, else 3.")
    private static final class Status implements Callable<Integer> {
        private final Invocation invocation;

        @Mixin
        private final Which which = new Which();

        Status(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            Service service = which.on(invocation);
            switch (service.platform()) {
                case LINUX -> Systemd.mustRun(service.role());
                case MACOS -> throw cannotTell("launchctl print system/" + LaunchDaemon.label(service.role()));
                case WINDOWS ->
                    throw cannotTell("schtasks /Query /TN " + service.role().unit());
            }
            ServiceState state = Systemd.state(service.role());
            if (invocation.json()) {
                Json.print(
                        invocation.console(),
                        node -> node.put("service", service.role().unit())
                                .put("installed", state.installed())
                                .put("running", state.running())
                                .put("enabled", state.enabled())
                                .put("system", state.words())
                                .put("user", state.installed() ? state.user() : service.user())
                                .put("state", service.stateFolder())
                                .put("definition", state.definition()));
            } else {
                new Table()
                        .row("service", service.role().unit())
                        .row("installed", state.installed() ? "yes, " + state.definition() : "no")
                        .row("running", (state.running() ? "yes, " : "no, ") + state.words())
                        .row("with the machine", state.enabled() ? "yes" : "no")
                        .row("user", state.installed() ? state.user() : service.user())
                        .row("state folder", service.stateFolder())
                        .print(invocation.console());
                invocation.console().out().flush();
            }
            return (state.running() ? ExitCode.DONE : ExitCode.NOT_REACHABLE).number();
        }

        private static CommandException cannotTell(String ask) {
            return CommandException.notReachable("Byway asks after its service on Linux only: run '" + ask + "'");
        }
    }

    @Command(
            name = "definition",
            description = "Print the service's definition alone: unit, property list or task, for other tools.")
    private static final class Definition implements Runnable {
        private final Invocation invocation;

        @Mixin
        private final Which which = new Which();

        Definition(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            Service service = which.on(invocation);
            if (invocation.json()) {
                Json.print(
                        invocation.console(),
                        node -> node.put("file", service.definitionFile()).put("text", service.definition()));
            } else {
                invocation.console().out().print(service.definition());
                invocation.console().out().flush();
            }
        }
    }
}
