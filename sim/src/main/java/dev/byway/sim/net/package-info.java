/** Cables in virtual time: bytes that queue, and take their time. */
@NullMarked
package dev.byway.sim.net;

import org.jspecify.annotations.NullMarked;
