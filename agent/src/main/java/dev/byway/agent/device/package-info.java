/** Reads the facts about this machine that gates ask for. What the texts mean, {@code core.device} says. */
@NullMarked
package dev.byway.agent.device;

import org.jspecify.annotations.NullMarked;
