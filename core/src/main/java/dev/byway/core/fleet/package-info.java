/**
 * The messages between a device and the coordinator, the texts that open a fleet to a device (join token) or a person
 * (admin token), and the rules of who is on whose site and who is named to whom.
 */
@NullMarked
package dev.byway.core.fleet;

import org.jspecify.annotations.NullMarked;
