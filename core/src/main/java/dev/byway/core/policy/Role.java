package dev.byway.core.policy;

/** Which part of Byway a setting is for. One file may serve both; a part passes over the other's settings. */
public enum Role {
    AGENT,
    COORDINATOR
}
