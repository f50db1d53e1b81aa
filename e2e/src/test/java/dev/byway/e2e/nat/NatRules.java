package dev.byway.e2e.nat;

import java.time.Duration;

/**
 * What one router does with UDP, as rules of nftables.
 *
 * <p><b>Why not simply {@code masquerade}.</b> Linux maps a connection, not a socket. Alone, a socket keeps its port for everyone,
 * which looks like a port-restricted cone. But of two inside hosts on one port, the second keeps it towards one remote end and
 * loses it towards another. And a peer's packet that comes before ours leaves a connection of the router itself, in whose way our
 * own then has to take another port. A test of hole punching on that proves little.
 *
 * <p><b>So the NAT's memory is written down</b>, in maps that forget by themselves after the timeout and that every packet out of
 * the LAN refreshes: {@code outward} (inside address and port → public port), {@code inward} (the same the other way),
 * {@code used} (public ports) and {@code permitted} (inside address and port, remote address, remote port: to whom was sent).
 *
 * <ul>
 *   <li>Mapping: by {@code outward}; a socket that is not there keeps its port if nobody uses it, else gets a random one. Chains
 *       of type nat see only the first packet of a connection and before the port is chosen, so a filter chain right behind them
 *       learns, from the connection: what its one direction calls source and the other calls destination are the two sides of
 *       the mapping.
 *   <li>Filtering: what comes in is translated by {@code inward}, whoever sent it, and then dropped by that later chain unless
 *       {@code permitted}. There a hairpinned packet has got its public source too, so one rule judges both.
 *   <li>Every refusal is a silent drop and comes before connection tracking confirms the connection: a refused packet leaves no
 *       trace, above all none that takes a port away.
 *   <li>Symmetric: nothing is learnt. {@code masquerade} picks a random port for every connection, and what belongs to none
 *       finds no mapping.
 * </ul>
 *
 * <p>Connections survive a change of the rules. Therefore they are tracked in a zone of the current generation: the next
 * generation knows none of them.
 *
 * <p>TCP is masqueraded and lets nothing in, always. Not here: symmetric NATs that count their ports up or keep them; a random
 * port may be one that is in use (one in 60,000 for each mapping).
 *
 * @param outside the router's public address
 * @param hairpin whether hosts of the site reach each other by their public ports; a symmetric NAT ignores it
 * @param timeout after which a mapping that sends nothing is forgotten, whole seconds
 */
record NatRules(String outside, NatType type, boolean hairpin, Duration timeout) {

    NatRules as(NatType other) {
        return new NatRules(outside, other, hairpin, timeout);
    }

    NatRules withHairpin(boolean on) {
        return new NatRules(outside, type, on, timeout);
    }

    NatRules withTimeout(Duration other) {
        return new NatRules(outside, type, hairpin, other);
    }

    /** Replaces whatever there was. */
    String text(int generation) {
        return """
            add table ip nat
            delete table ip nat
            table ip nat {
              map outward { type ipv4_addr . inet_service : inet_service; SIZE }
              map inward { type inet_service : ipv4_addr . inet_service; SIZE }
              set used { type inet_service; SIZE }
              set permitted { type ipv4_addr . inet_service . ipv4_addrPORT; SIZE }

              chain generation_in { type filter hook prerouting priority raw; ct zone set GENERATION; }
              chain generation_out { type filter hook output priority raw; ct zone set GENERATION; }

              chain inbound {
                type nat hook prerouting priority dstnat;
                FROM ip daddr OUTSIDE meta l4proto udp dnat ip addr . port to udp dport map @inward
              }
              chain outbound {
                type nat hook postrouting priority srcnat;
                iifname lan oifname lan meta l4proto udp ct status dnat jump choose
                oifname wan meta l4proto udp jump choose
                oifname wan masquerade
              }
              chain choose {
                CHOICE
              }
              chain decided {
                type filter hook postrouting priority srcnat + 10;
                LEARNT
                oifname lan meta l4proto udp ct state new jump judge
              }
              chain judge {
                VERDICT
              }

              chain through {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
                iifname lan accept
                ct status dnat accept
              }
              chain unsolicited {
                type filter hook input priority filter;
                ip daddr OUTSIDE ct state new drop
              }
            }
            """.replace("SIZE", "size 65535; flags dynamic,timeout; timeout " + timeout.toSeconds() + "s;")
                .replace("PORT", byPort() ? " . inet_service" : "")
                .replace("GENERATION", Integer.toString(generation))
                .replace("FROM", hairpin ? "iifname { wan, lan }" : "iifname wan")
                .replace("CHOICE", choice())
                .replace("LEARNT", learnt())
                .replace("VERDICT", verdict())
                .replace("OUTSIDE", outside);
    }

    private boolean byPort() {
        return type.filtering() == Behaviour.ADDRESS_AND_PORT_DEPENDENT;
    }

    private String choice() {
        return switch (type.mapping()) {
            case ENDPOINT_INDEPENDENT -> """
                meta l4proto udp snat to OUTSIDE : ip saddr . udp sport map @outward
                udp sport != @used snat to OUTSIDE
                meta l4proto udp snat to OUTSIDE:1024-65535 fully-random""";
            case ADDRESS_AND_PORT_DEPENDENT -> "meta l4proto udp masquerade fully-random";
            case ADDRESS_DEPENDENT -> throw new IllegalArgumentException("no NAT here maps by address alone");
        };
    }

    private String learnt() {
        return switch (type.mapping()) {
            case ENDPOINT_INDEPENDENT -> learnt("original", "reply") + learnt("reply", "original");
            case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT -> "";
        };
    }

    /** From packets out of the LAN that go in one direction of their connection. */
    private String learnt(String direction, String opposite) {
        String remote = byPort() ? "ct THIS ip daddr . ct THIS proto-dst" : "ct THIS ip daddr";
        return """
                iifname lan meta l4proto udp ct direction THIS \
                update @outward { INSIDE : ct OPPOSITE proto-dst } \
                update @inward { ct OPPOSITE proto-dst : INSIDE } \
                update @used { ct OPPOSITE proto-dst } \
                update @permitted { INSIDE . REMOTE }
                """.replace("INSIDE", "ct THIS ip saddr . ct THIS proto-src")
                .replace("REMOTE", remote)
                .replace("THIS", direction)
                .replace("OPPOSITE", opposite);
    }

    private String verdict() {
        return switch (type.filtering()) {
            case ENDPOINT_INDEPENDENT -> "accept";
            case ADDRESS_DEPENDENT -> "ip daddr . udp dport . ip saddr != @permitted drop";
            case ADDRESS_AND_PORT_DEPENDENT -> "ip daddr . udp dport . ip saddr . udp sport != @permitted drop";
        };
    }

    /** Forgets every mapping, but not which ports they had: who comes back gets another one. */
    static String forgetting(int generation) {
        return """
            flush map ip nat outward
            flush map ip nat inward
            flush set ip nat permitted
            flush chain ip nat generation_in
            flush chain ip nat generation_out
            add rule ip nat generation_in ct zone set GENERATION
            add rule ip nat generation_out ct zone set GENERATION
            """.replace("GENERATION", Integer.toString(generation));
    }
}
