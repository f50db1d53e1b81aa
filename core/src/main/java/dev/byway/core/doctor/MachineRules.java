package dev.byway.core.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system allows the agent, and whether it starts it. */
public final class MachineRules {
    /** What the agent's service may be called for systemd, the most likely first. */
    public static final List<String> UNITS = List.of("byway.service", "byway-agent.service");

    private static final long LEAST_FILES = 1024;
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+([0-9]{1,18}|unlimited)\\s");
    private static final Set<String> RUNS = Set.of("active", "activating", "reloading");

    private MachineRules() {}

    /**
     * Whether the agent may open as many files and sockets as it needs.
     *
     * @param limits {@code /proc/PID/limits} of its process (proc_pid_limits(5)); the first number counts, the soft limit
     */
    public static Result limits(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        return new Result(
                Check.LIMITS,
                "read the limits of the agent's process",
                line.find() ? judge(line.group(1)) : new Finding.NotCollected("its limits cannot be read"));
    }

    private static Finding judge(String files) {
        String seen = "the agent may open " + files + " files and sockets";
        return files.equals("unlimited") || Long.parseLong(files) >= LEAST_FILES
                ? new Finding.Pass(seen)
                : new Finding.Warn(
                        seen + "; with many neighbours it needs " + LEAST_FILES,
                        "start it after ulimit -n 4096, or with LimitNOFILE=4096 in its systemd unit");
    }

    /**
     * Whether the service runs.
     *
     * @param unit its name, one of {@link #UNITS}; empty when it is not installed
     * @param state its ActiveState (systemctl(1)), empty when systemd did not tell
     * @param answers whether an agent answers, however it was started
     */
    public static Result service(Optional<String> unit, Optional<String> state, boolean answers) {
        return new Result(Check.SERVICE, "asked systemd", judge(unit, state, answers));
    }

    private static Finding judge(Optional<String> unit, Optional<String> state, boolean answers) {
        if (unit.isEmpty()) {
            return new Finding.NotApplicable("no systemd service of Byway is installed");
        }
        if (state.isEmpty()) {
            return new Finding.NotCollected(unit.get() + " is installed, but systemctl does not tell whether it runs");
        }
        String seen = unit.get() + " is " + state.get();
        if (RUNS.contains(state.get())) {
            return new Finding.Pass(seen);
        }
        String mend = "systemctl restart " + unit.get() + " (journalctl -u " + unit.get() + " tells why it stopped)";
        return answers
                ? new Finding.Warn(seen + "; the agent that answers was started by other means", mend)
                : new Finding.Fail(seen, mend);
    }
}
