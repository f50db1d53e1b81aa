package dev.byway.core.policy;

/** Which way bytes would go. */
public enum Direction {
    /** From the source to this device. */
    DOWNLOAD,
    /** From this device to a peer. */
    UPLOAD
}
