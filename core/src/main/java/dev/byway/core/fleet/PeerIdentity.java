package dev.byway.core.fleet;

/**
 * Who is at the other end of a link, as proved by its handshake.
 *
 * @param device the key it holds
 * @param membership what that key was granted
 */
public record PeerIdentity(DeviceId device, Membership membership) {}
