/** Meeting other devices through the fleet's coordinator: what this device has and wants, and who else does. */
@NullMarked
package dev.byway.agent.meeting;

import org.jspecify.annotations.NullMarked;
