/**
 * This device's side of the coordinator: joining the fleet, looking up content, announcing, hearing of peers. Every call is
 * bounded in time; a coordinator that is gone is a state, never a hang.
 */
@NullMarked
package dev.byway.agent.fleet;

import org.jspecify.annotations.NullMarked;
