/** Files that nobody published, fetched once and signed: the coordinator as a publisher. */
@NullMarked
package dev.byway.coordinator.learning;

import org.jspecify.annotations.NullMarked;
