/**
 * A fleet in virtual time: the real rules of {@code core}, with devices, lines, origins and faults made from one seed. The same
 * seed gives the same run, event for event.
 */
@NullMarked
package dev.byway.sim.fleet;

import org.jspecify.annotations.NullMarked;
