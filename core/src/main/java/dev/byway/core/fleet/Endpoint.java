package dev.byway.core.fleet;

import java.util.regex.Pattern;

/**
 * Where a device takes links.
 *
 * @param address an IP address as text, never a name, so that reading it asks no name server
 * @param port 1 to 65535
 */
public record Endpoint(String address, int port) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|(?=.*:)[0-9A-Fa-f:.]{2,45}");

    public Endpoint {
        requireAddress(address);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }

    /**
     * Returns {@code address}, which has the shape of an IP address.
     *
     * @throws IllegalArgumentException when it has not
     */
    static String requireAddress(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not an IP address in digits");
        }
        return address;
    }

    /** {@code address:port}, IPv6 in brackets. */
    @Override
    public String toString() {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }
}
