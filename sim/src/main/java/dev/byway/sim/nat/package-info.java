/**
 * Runs the real rules of {@code teredo} in virtual time: devices behind NATs of every kind, their server, and what goes wrong between
 * them, from one seed.
 */
@NullMarked
package dev.byway.sim.nat;

import org.jspecify.annotations.NullMarked;
