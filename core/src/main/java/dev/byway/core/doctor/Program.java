package dev.byway.core.doctor;

/** What the doctor looks at. */
public enum Program {
    BYWAY,
    /** Delivery Optimization, as far as its service can be reached from here. */
    MICROSOFT
}
