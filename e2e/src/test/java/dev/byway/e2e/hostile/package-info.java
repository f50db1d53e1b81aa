/** Devices that speak the real protocol and misbehave, as programs for the lab. */
@NullMarked
package dev.byway.e2e.hostile;

import org.jspecify.annotations.NullMarked;
