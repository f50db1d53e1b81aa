/**
 * The rules of one download and of one device: which piece from whom, who fetches from outside, who is served next.
 * Pure and deterministic: events and time go in, effects come out.
 */
@NullMarked
package dev.byway.core.swarm;

import org.jspecify.annotations.NullMarked;
