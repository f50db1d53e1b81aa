/**
 * How devices on one link find each other: a bounded subset of multicast DNS (RFC 6762) and DNS-based service discovery
 * (RFC 6763), for one service type, {@code _byway._tcp.local}. It carries presence only, never the name of a content.
 *
 * <p>Read {@link dev.byway.core.discovery.ServiceDiscovery} first. Messages are {@link
 * dev.byway.core.discovery.DnsMessage}; every limit is in {@link dev.byway.core.discovery.DiscoveryLimits}.
 */
@NullMarked
package dev.byway.core.discovery;

import org.jspecify.annotations.NullMarked;
