package dev.byway.core.fleet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses as values: read and written without ever asking a name server.
 *
 * <p>{@link InetAddress} already turns an IPv4-mapped IPv6 address (::ffff:0:0/96) into the IPv4 address that it stands
 * for, so no rule can be passed by that notation.
 */
public final class Addresses {
    /** Longest text of an address, in characters. */
    public static final int MAX_TEXT = 45;

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    /**
     * Reads an IPv4 address of four decimal numbers without leading zeros, or an IPv6 address without a zone.
     *
     * @throws IllegalArgumentException for anything else, a host name among it
     */
    public static InetAddress parse(String text) {
        boolean plausible = IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
        if (text.length() > MAX_TEXT || !plausible) {
            throw new IllegalArgumentException("not an IP address");
        }
        InetAddress address = InetAddress.ofLiteral(text);
        if (text.indexOf(':') < 0 && !address.getHostAddress().equals(text)) {
            throw new IllegalArgumentException("write each part of an IPv4 address without leading zeros");
        }
        return address;
    }

    /**
     * Reads the address of a Teredo client (RFC 4380 section 4).
     *
     * @throws IllegalArgumentException for anything else
     */
    static InetAddress parseTeredo(String text) {
        return requireTeredo(parse(text));
    }

    /** The same address, when it is of 2001::/32. */
    static InetAddress requireTeredo(InetAddress address) {
        if (!EmbeddedAddress.isTeredo(address)) {
            throw new IllegalArgumentException("not a Teredo address: those begin with 2001:0:");
        }
        return address;
    }

    /** Where the Internet sees a Teredo client, as its address says; empty when it is none of Teredo. */
    public static Optional<InetSocketAddress> mappedByTeredo(InetAddress address) {
        return EmbeddedAddress.isTeredo(address)
                ? Optional.of(
                        new InetSocketAddress(EmbeddedAddress.behind(address), EmbeddedAddress.teredoPort(address)))
                : Optional.empty();
    }

    /** The address in the usual short form: RFC 5952 for IPv6, dotted for IPv4, without a zone. */
    public static String format(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int run = zeros(groups, i);
            if (run > length && run > 1) {
                start = i;
                length = run;
            }
        }
        return length == 0 ? hex(groups, 0, 8) : hex(groups, 0, start) + "::" + hex(groups, start + length, 8);
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        return groups;
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String hex(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** The address that these 4 or 16 bytes are. */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
