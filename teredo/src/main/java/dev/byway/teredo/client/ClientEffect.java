package dev.byway.teredo.client;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;

/** What a client wants done, or has found out. */
public sealed interface ClientEffect {
    /** A datagram is to be sent. */
    record Send(UdpAddress to, ByteString datagram) implements ClientEffect {}

    /**
     * It has an address: its first one, another one (ways that were open under the old one are closed), or the same one again. {@link
     * Mapped} comes next, sooner or later.
     */
    record Qualified(TeredoAddress address) implements ClientEffect {}

    /** How its NAT maps is known. */
    record Mapped(NatMapping mapping) implements ClientEffect {}

    /** What its NAT does is known, as far as it can be: {@link TeredoClient#examine} has come to its end. */
    record Examined(NatBehaviour behaviour) implements ClientEffect {}

    /**
     * Its server does not answer any more, or never did: no ways are opened until it is asked again, and answers. Ways that are open
     * stay so, as long as their peers answer.
     */
    record Offline() implements ClientEffect {}

    /** The way to a peer is open, or leads elsewhere now. */
    record Open(TeredoAddress peer, UdpAddress mapping) implements ClientEffect {}

    /** A way that was to be kept is open no more: its peer does not answer, or the own address is another one. It is kept no longer. */
    record Lost(TeredoAddress peer) implements ClientEffect {}

    /** No way to a peer was found. */
    record Unreachable(TeredoAddress peer) implements ClientEffect {}

    /** A peer sent something else than a bubble or an echo request. */
    record Arrived(TeredoAddress peer, TeredoPacket packet) implements ClientEffect {}

    /** A datagram was dropped. */
    record Dropped(Rule rule) implements ClientEffect {}
}
