package dev.byway.origin;

/** Whether an origin serves parts of a file. */
public enum RangeSupport {
    /** It answered with a part, or says that it would. */
    YES,
    /** It was asked for a part and sent the whole, or says {@code Accept-Ranges: none}. */
    NO,
    /** It does not say; asking for a part tells. */
    UNKNOWN
}
