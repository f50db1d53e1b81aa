package dev.byway.origin;

/** Which redirects are followed. None leads from https to http. */
public enum RedirectRule {
    /** To any origin. */
    ANY_ORIGIN,
    /** Only while scheme, host and port stay the same. */
    SAME_ORIGIN
}
