package dev.byway.core.wire;

/**
 * How many frames of a kind one side may send. They cost their sender nearly nothing and their receiver some work, so a
 * receiver grants each kind a number a minute: a minute's worth at once, after that at that rate. A sender keeps to half,
 * so that a minute in which the network delivered nothing does not make an honest side look like a flood.
 *
 * <p>Answers to requests are not limited here; the requests in flight bound them.
 */
public enum Allowance {
    /** {@link Frame.Probe}: each makes the receiver dial. */
    PROBE(6),
    /** {@link Frame.Complaint}: each makes the receiver hash a piece. */
    COMPLAINT(60),
    /** {@link Frame.Seek}: each makes the receiver look through what it holds. */
    SEEK(1200),
    /** {@link Frame.Intent}. */
    INTENT(60_000),
    /** {@link Frame.Request} and {@link Frame.HashRequest}. */
    REQUEST(600_000),
    /** Every other frame that is no answer, and the frames of unknown type. */
    CONTROL(120_000);

    private final int perMinute;

    Allowance(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Frames that a receiver takes in a minute. */
    public int perMinute() {
        return perMinute;
    }
}
