package dev.byway.core.swarm;

/**
 * Names one request of a download to one source; numbered upwards from 1 within the download.
 *
 * @param number at least 1
 */
public record TransferId(int number) {}
