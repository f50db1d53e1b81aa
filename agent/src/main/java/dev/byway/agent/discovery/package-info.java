/**
 * Finds neighbours on the local links: the sockets and interfaces under {@link
 * dev.byway.core.discovery.ServiceDiscovery}, which holds the rules. {@link dev.byway.agent.discovery.MulticastDiscovery}
 * is where to start; the rest of the agent knows only {@link dev.byway.agent.discovery.Discovery} and {@link
 * dev.byway.core.discovery.Sighting}.
 */
@NullMarked
package dev.byway.agent.discovery;

import org.jspecify.annotations.NullMarked;
