package dev.byway.cli.command;

/** A command cannot do what was asked. The message is for people: what, where and what to do. */
public final class CommandException extends RuntimeException {
    private final ExitCode exitCode;
    private final String kind;

    private CommandException(ExitCode exitCode, String kind, String message) {
        super(message);
        this.exitCode = exitCode;
        this.kind = kind;
    }

    /** It was tried and failed. */
    public static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, "FAILED", message);
    }

    /**
     * It was tried and failed.
     *
     * @param kind a stable word for scripts, such as {@code DISK_FULL}
     */
    public static CommandException failed(String kind, String message) {
        return new CommandException(ExitCode.FAILED, kind, message);
    }

    /** The command line makes no sense. */
    public static CommandException wrongUsage(String message) {
        return new CommandException(ExitCode.WRONG_USAGE, "WRONG_USAGE", message);
    }

    /** The agent or the coordinator does not answer. */
    public static CommandException notReachable(String message) {
        return new CommandException(ExitCode.NOT_REACHABLE, "NOT_REACHABLE", message);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** A stable word for scripts. */
    public String kind() {
        return kind;
    }
}
