package dev.byway.core.store;

import java.time.Instant;

/**
 * A copy of content without identity, complete or not, as the eviction rule sees it.
 *
 * @param name of its folder
 * @param bytes that it takes on the disk
 * @param written when it was last written to
 * @param inUse whether somebody downloads or reads it right now
 */
public record SpoolEntry(String name, long bytes, Instant written, boolean inUse) {}
