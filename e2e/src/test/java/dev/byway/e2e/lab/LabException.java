package dev.byway.e2e.lab;

/** The lab itself does not work: a command that builds it failed, or something in it did not start in time. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
