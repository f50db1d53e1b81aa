package dev.byway.core.account;

/**
 * One source of one download: this origin, that neighbour.
 *
 * @param kind what it is
 * @param name how reports call it, the same for the length of a download: a host, a device's short id
 */
public record Contributor(SourceKind kind, String name) {}
