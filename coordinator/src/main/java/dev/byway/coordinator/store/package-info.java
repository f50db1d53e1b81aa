/**
 * What the coordinator keeps across restarts, in one SQLite file: tokens, devices, publishers, contents, and who did what.
 * Nothing of it is written by an announcement.
 */
@NullMarked
package dev.byway.coordinator.store;

import org.jspecify.annotations.NullMarked;
