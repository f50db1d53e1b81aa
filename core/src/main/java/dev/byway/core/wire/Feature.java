package dev.byway.core.wire;

/** Feature bits of {@link Frame.Hello}. */
public final class Feature {
    /** The sender answers {@link Frame.Probe}. */
    public static final long PROBE = 1L;

    /** The sender takes {@link Frame.Intent}. */
    public static final long INTENT = 1L << 1;

    private Feature() {}
}
