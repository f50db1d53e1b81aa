package dev.byway.agent.peering;

import dev.byway.core.account.SourceKind;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Refusal;
import java.net.InetAddress;
import java.util.Optional;

/** Gates that let everybody pass; to be narrowed by a test. */
class OpenGates implements PeerGates {
    @Override
    public boolean isOnLink(InetAddress address) {
        return true;
    }

    @Override
    public SourceKind kind(Encounter peer) {
        return SourceKind.LAN;
    }

    @Override
    public Optional<Refusal> beforeDialling(Encounter peer) {
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> refusal(Direction direction, Encounter peer, InetAddress address) {
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> sharing(ContentFacts content) {
        return Optional.empty();
    }

    @Override
    public void gives(SourceKind to, int bytes) {}
}
