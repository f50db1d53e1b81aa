/** Tests. */
@NullMarked
package dev.byway.coordinator.teredo;

import org.jspecify.annotations.NullMarked;
