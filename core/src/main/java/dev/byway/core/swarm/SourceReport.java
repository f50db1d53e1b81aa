package dev.byway.core.swarm;

/**
 * What one source gave to one download.
 *
 * @param source its handle
 * @param info what it is
 * @param verified bytes of pieces that were proved
 * @param wasted bytes of pieces that failed their proof
 * @param bytesPerSecond its rate at present
 */
public record SourceReport(SourceId source, SourceInfo info, long verified, long wasted, long bytesPerSecond) {}
