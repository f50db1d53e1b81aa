/** The owner of a state: one thread that takes messages one after the other, and time. */
@NullMarked
package dev.byway.agent.loop;

import org.jspecify.annotations.NullMarked;
