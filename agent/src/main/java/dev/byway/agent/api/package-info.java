/**
 * The local HTTP door of the agent, on loopback, and its client: {@link dev.byway.agent.job} as JSON over HTTP. {@code
 * docs/local-api.md} is the reference.
 *
 * <p>A request passes {@link dev.byway.agent.api.DoorRules} (may it come in at all?), finds its line in {@link
 * dev.byway.agent.api.Route} (the one table; what is not in it does not exist) and is answered by {@link
 * dev.byway.agent.api.Routes}.
 */
@NullMarked
package dev.byway.agent.api;

import org.jspecify.annotations.NullMarked;
