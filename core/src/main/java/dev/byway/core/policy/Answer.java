package dev.byway.core.policy;

/** What is known about a yes-or-no fact. A gate refuses only on what is known. */
public enum Answer {
    YES,
    NO,
    UNKNOWN
}
