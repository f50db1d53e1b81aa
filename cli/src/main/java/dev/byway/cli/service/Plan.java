package dev.byway.cli.service;

import dev.byway.core.policy.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done so that a service comes or goes.
 *
 * @param steps in this order
 */
record Plan(List<Step> steps) {
    Plan {
        steps = List.copyOf(steps);
    }

    /** So that it runs, now and after the next start of the machine. Done twice it is done once. */
    static Plan install(Service service, boolean userExists) {
        List<Step> steps = new ArrayList<>();
        if (!userExists) {
            steps.addAll(makeUser(service));
        }
        steps.add(new Step.WriteOnce(service.settingsFile(), service.settings()));
        steps.add(new Step.Write(service.definitionFile(), service.definition()));
        String file = service.definitionFile();
        String unit = service.role().unit();
        switch (service.platform()) {
            case LINUX -> {
                steps.add(Step.Run.of("systemctl daemon-reload"));
                steps.add(Step.Run.of("systemctl enable " + unit + ".service"));
                steps.add(Step.Run.of("systemctl restart " + unit + ".service"));
            }
            case MACOS -> steps.add(Step.Run.of("launchctl bootstrap system " + file));
            case WINDOWS -> {
                steps.add(Step.Run.of("icacls", service.stateFolder(), "/grant", StartupTask.USER + ":(OI)(CI)M"));
                steps.add(Step.Run.of("schtasks /Create /F /TN " + unit + " /XML", file));
                steps.add(Step.Run.of("schtasks /Run /TN " + unit));
            }
        }
        return new Plan(steps);
    }

    /** So that it does not run any more. State, settings and user stay. */
    static Plan uninstall(Service service) {
        String unit = service.role().unit();
        Step delete = new Step.Delete(service.definitionFile());
        return new Plan(
                switch (service.platform()) {
                    case LINUX ->
                        List.of(
                                Step.Run.of("systemctl disable --now " + unit + ".service"),
                                delete,
                                Step.Run.of("systemctl daemon-reload"));
                    case MACOS ->
                        List.of(Step.Run.of("launchctl bootout system/" + LaunchDaemon.label(service.role())), delete);
                    case WINDOWS ->
                        List.of(
                                Step.Run.of("schtasks /End /TN " + unit),
                                Step.Run.of("schtasks /Delete /F /TN " + unit),
                                delete);
                });
    }

    private static List<Step> makeUser(Service service) {
        String user = service.user();
        String state = service.stateFolder();
        return service.platform() == Platform.WINDOWS
                ? List.of()
                : service.platform() == Platform.MACOS
                        ? List.of(
                                Step.Run.of("sysadminctl -roleAccount -addUser " + user + " -UID 450 -home", state),
                                Step.Run.of("install -d -m 700 -o " + user, state))
                        : List.of(Step.Run.of("useradd --system --user-group --no-create-home --shell /usr/sbin/nologin"
                                + " --home-dir " + state + " " + user));
    }
}
