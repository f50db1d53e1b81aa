package dev.byway.cli.command;

/** How a command ended, for scripts. The numbers are an API. */
public enum ExitCode {
    /** It did what was asked. */
    DONE(0),
    /** It could not: the message says what, where and what to do. */
    FAILED(1),
    /** The command line or a setting makes no sense; nothing was done. */
    WRONG_USAGE(2),
    /** The agent or the coordinator that it needs does not answer. */
    NOT_REACHABLE(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }
}
