package dev.byway.cli.ports;

import dev.byway.core.ports.Firewall;
import java.util.Optional;

/** How the rules are printed. */
enum PortFormat {
    TABLE,
    JSON,
    WINDOWS,
    NFTABLES,
    IPTABLES,
    UFW,
    FIREWALLD;

    /** The firewall whose language it is. */
    Optional<Firewall> firewall() {
        return switch (this) {
            case TABLE, JSON -> Optional.empty();
            case WINDOWS -> Optional.of(Firewall.WINDOWS);
            case NFTABLES -> Optional.of(Firewall.NFTABLES);
            case IPTABLES -> Optional.of(Firewall.IPTABLES);
            case UFW -> Optional.of(Firewall.UFW);
            case FIREWALLD -> Optional.of(Firewall.FIREWALLD);
        };
    }
}
