package dev.byway.core.policy;

/** The operating systems whose defaults differ. */
public enum Platform {
    LINUX,
    WINDOWS,
    MACOS
}
