/**
 * Runs the real rules of {@code core} in virtual time: devices, links, origins and faults, from one seed. The same seed
 * gives the same run, event for event.
 */
@NullMarked
package dev.byway.sim;

import org.jspecify.annotations.NullMarked;
