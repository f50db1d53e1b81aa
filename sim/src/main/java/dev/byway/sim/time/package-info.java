/** Virtual time: what is to happen and when, for one place or for many at once. */
@NullMarked
package dev.byway.sim.time;

import org.jspecify.annotations.NullMarked;
