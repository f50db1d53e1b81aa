/** The two ways in which things do not work out: the coordinator cannot go on, or a caller is refused. */
@NullMarked
package dev.byway.coordinator.failure;

import org.jspecify.annotations.NullMarked;
