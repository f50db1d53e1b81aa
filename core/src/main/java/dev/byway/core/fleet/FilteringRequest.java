package dev.byway.core.fleet;

import java.net.InetAddress;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Send me a bubble from another port of your primary Teredo address": what comes of it tells a device what its NAT filters, in
 * the manner of RFC 5780 section 4.4. It is sent to the mapping of the device that asks, never elsewhere.
 *
 * @param teredo the Teredo address of the device
 * @param nonce of the bubble's nonce trailer (RFC 6081 section 4.2), by which the device knows it; not 0
 */
public record FilteringRequest(InetAddress teredo, int nonce) implements Message {
    public FilteringRequest {
        Addresses.requireTeredo(teredo);
        if (nonce == 0) {
            throw new IllegalArgumentException("a nonce of 0 is none (RFC 6081 section 5.2.4.3)");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static FilteringRequest read(byte[] body) {
        return Fields.read(
                body,
                fields ->
                        new FilteringRequest(fields.parsed("teredo", Addresses.MAX_TEXT, Addresses::parseTeredo), (int)
                                fields.number("nonce", 1, 0xffff_ffffL)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("teredo", Addresses.format(teredo)).put("nonce", Integer.toUnsignedLong(nonce));
    }
}
