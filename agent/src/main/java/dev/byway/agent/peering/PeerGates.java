package dev.byway.agent.peering;

import dev.byway.core.account.SourceKind;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Refusal;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whether bytes may go between this device and a peer, as things stand now. Called on the device loop, and returns at once, but
 * for {@link #gives}.
 */
public interface PeerGates {
    /** Whether an address is on a link of this machine. */
    boolean isOnLink(InetAddress address);

    /** How near a peer is. */
    SourceKind kind(Encounter peer);

    /** Why there is no use in dialling a peer, by what its address and whoever named it say alone; empty when there may be. */
    Optional<Refusal> beforeDialling(Encounter peer);

    /** Why no bytes of any content may go this way; empty when they may. */
    Optional<Refusal> refusal(Direction direction, Encounter peer, InetAddress address);

    /** Why a content is not given to anybody; empty when it may be. */
    Optional<Refusal> sharing(ContentFacts content);

    /**
     * So many bytes of content go out to a peer now. Called by the writers of links, which wait for it.
     *
     * @param to how near the peer is, as it was judged last
     */
    void gives(SourceKind to, int bytes);
}
