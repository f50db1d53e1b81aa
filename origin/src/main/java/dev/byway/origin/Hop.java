package dev.byway.origin;

import java.net.URI;

/**
 * One redirect that was followed.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param from the address that redirected
 * @param to where it pointed
 */
public record Hop(int status, URI from, URI to) {
    /** Whether scheme, host or port changed. */
    public boolean crossOrigin() {
        return !Endpoint.of(from).equals(Endpoint.of(to));
    }
}
