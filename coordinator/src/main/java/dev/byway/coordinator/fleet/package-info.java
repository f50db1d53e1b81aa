/** A fleet in its state folder: what a running coordinator serves and a command of the administrator may change beside it. */
@NullMarked
package dev.byway.coordinator.fleet;

import org.jspecify.annotations.NullMarked;
