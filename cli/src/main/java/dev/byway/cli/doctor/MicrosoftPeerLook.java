package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.microsoft.PeerRules;
import dev.byway.core.doctor.microsoft.PeerSeen;
import dev.byway.origin.FirstSteps;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The neighbour's port of peers. Connects and says nothing.
 *
 * @param peer the one that was named
 */
record MicrosoftPeerLook(Optional<PeerName> peer) implements Look {
    @Override
    public Set<Check> checks() {
        return Set.of(Check.MICROSOFT_PEER);
    }

    @Override
    public List<Result> look() {
        return List.of(PeerRules.judge(
                peer.map(PeerName::host).orElse(""),
                peer.map(MicrosoftPeerLook::tried).orElseGet(PeerSeen.Unnamed::new)));
    }

    private static PeerSeen tried(PeerName peer) {
        List<InetAddress> addresses;
        try {
            addresses = FirstSteps.addresses(peer.host());
        } catch (UnknownHostException e) {
            return new PeerSeen.Unresolved(String.valueOf(e.getMessage()));
        }
        try (Socket _ = FirstSteps.connect(addresses, peer.port())) {
            return new PeerSeen.Connected();
        } catch (ConnectException e) {
            return new PeerSeen.Refused();
        } catch (IOException e) {
            return new PeerSeen.Silent(String.valueOf(e.getMessage()));
        }
    }
}
