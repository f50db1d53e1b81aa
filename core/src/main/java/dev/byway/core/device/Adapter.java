package dev.byway.core.device;

import dev.byway.core.fleet.Prefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * A network adapter of this machine that is up.
 *
 * @param name the system's name
 * @param description what the system or its administrator calls it besides: the alias on Linux, the adapter's description on
 *     Windows; may be empty
 * @param tunnel whether its kind is one that VPNs use
 * @param addresses its addresses
 * @param links the prefixes of its links
 */
public record Adapter(
        String name, String description, boolean tunnel, List<InetAddress> addresses, List<Prefix> links) {
    private static final int ARPHRD_PPP = 512;
    private static final int IFF_TUN = 1;

    public Adapter {
        addresses = List.copyOf(addresses);
        links = List.copyOf(links);
    }

    /** Whether it leads into a VPN: its kind says so, or its name or description contains one of these, in capitals or not. */
    public boolean isVpn(List<String> keywords) {
        return tunnel || keywords.stream().anyMatch(word -> says(name, word) || says(description, word));
    }

    private static boolean says(String text, String word) {
        return !word.isBlank()
                && text.toLowerCase(Locale.ROOT).contains(word.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a peer at this address is on one of its links. */
    public boolean isOnLink(InetAddress peer) {
        return links.stream().anyMatch(link -> link.length() > 0 && link.contains(peer));
    }

    /**
     * Whether a folder of Linux's {@code /sys/class/net} is of a kind that VPNs use: a layer 3 {@code tun} device, WireGuard,
     * PPP. A {@code tap} device is not, because virtual machines use those; its name may say it.
     *
     * @param type the file of this name: the kernel's ARPHRD number
     * @param uevent the file of this name
     * @param tunFlags the file {@code tun_flags}, empty when there is none
     */
    public static boolean isTunnel(String type, String uevent, String tunFlags) {
        return type.strip().equals(Integer.toString(ARPHRD_PPP))
                || uevent.lines().anyMatch("DEVTYPE=wireguard"::equals)
                || isTun(tunFlags.strip());
    }

    private static boolean isTun(String flags) {
        return flags.matches("0x[0-9a-fA-F]{1,8}") && (Long.parseLong(flags.substring(2), 16) & IFF_TUN) != 0;
    }
}
