/**
 * Who has what, right now: soft state in memory, rebuilt by announcements, with the held streams on which devices are told
 * of each other at once. Nothing here is written to a disk.
 */
@NullMarked
package dev.byway.coordinator.announce;

import org.jspecify.annotations.NullMarked;
