/** The agent: what runs on each device. {@link dev.byway.agent.Agent} puts its parts together. */
@NullMarked
package dev.byway.agent;

import org.jspecify.annotations.NullMarked;
