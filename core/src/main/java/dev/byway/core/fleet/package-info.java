/**
 * The messages between a device and the coordinator, and the rule of who is on whose site.
 */
@NullMarked
package dev.byway.core.fleet;

import org.jspecify.annotations.NullMarked;
