package dev.byway.core.fleet;

import java.net.InetAddress;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a device takes links.
 *
 * @param address an address, never a name
 * @param port 1 to 65535
 */
public record Endpoint(InetAddress address, int port) {
    public Endpoint {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    static Endpoint read(Fields fields) {
        return new Endpoint(
                fields.parsed("address", Addresses.MAX_TEXT, Addresses::parse), fields.integer("port", 1, 65_535));
    }

    ObjectNode json() {
        return Json.object().put("address", Addresses.format(address)).put("port", port);
    }

    /** {@code address:port}, IPv6 in brackets. */
    @Override
    public String toString() {
        String text = Addresses.format(address);
        return text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
    }
}
