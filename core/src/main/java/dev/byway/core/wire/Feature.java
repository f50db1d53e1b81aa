package dev.byway.core.wire;

/** Feature bits of {@link Frame.Hello}. */
public final class Feature {
    /** The sender answers {@link Frame.Probe}. */
    public static final long PROBE = 1L;

    /** The sender takes {@link Frame.Intent}. */
    public static final long INTENT = 1L << 1;

    /** The sender answers {@link Frame.Seek}. */
    public static final long SEEK = 1L << 2;

    private Feature() {}
}
