package dev.byway.origin;

import java.util.Optional;

/**
 * Where a connection leads: connections of the same route are interchangeable. A plain-http connection to a proxy serves
 * every plain-http origin behind it.
 *
 * @param target origin, or the proxy itself for plain http through a proxy
 * @param proxy the proxy in between
 */
record Route(Endpoint target, Optional<HttpProxy> proxy) {
    static Route to(Endpoint origin, Optional<HttpProxy> proxy) {
        return new Route(proxy.isPresent() && !origin.secure() ? proxy.get().endpoint() : origin, proxy);
    }

    /** Whether requests on it name the whole address, not only the path (RFC 9112 section 3.2.2). */
    boolean absoluteForm() {
        return proxy.isPresent() && !target.secure();
    }

    /** For messages. */
    String shown() {
        return absoluteForm() || proxy.isEmpty()
                ? target.hostAndPort()
                : target.hostAndPort() + " through proxy " + proxy.get();
    }
}
