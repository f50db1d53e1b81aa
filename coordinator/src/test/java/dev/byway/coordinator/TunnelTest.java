package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.meeting.Meeting;
import dev.byway.agent.meeting.Tunnel;
import dev.byway.agent.peering.PeerGates;
import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.core.account.SourceKind;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.nat.NatKind;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Refusal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent's meeting tells its tunnel of a real coordinator's answers, and announces of it. */
class TunnelTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("2001:0:bc8:202:400:3815:f4ff:fefd");

    @TempDir
    Path folder;

    /** Says which address it has, and notes what it is told. */
    private static final class Noted implements Tunnel {
        private final BlockingQueue<Optional<TeredoVerdict>> verdicts = new LinkedBlockingQueue<>();
        private volatile Optional<TeredoEndpoint> address = Optional.empty();

        @Override
        public Optional<TeredoEndpoint> endpoint() {
            return address;
        }

        @Override
        public void offered(DeviceId device, TeredoEndpoint there) {
            throw new AssertionError("nobody else is there");
        }

        @Override
        public void told(List<InetAddress> servers, Optional<TeredoVerdict> verdict) {
            assertThat(servers).isEmpty();
            verdicts.add(verdict);
        }

        private Optional<TeredoVerdict> next() throws InterruptedException {
            return Optional.ofNullable(verdicts.poll(10, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("it was told nothing"));
        }
    }

    @Test
    void aNewAddressIsAnnouncedAtOnceAndTheTunnelLearnsWhatBecameOfIt() throws Exception {
        Noted tunnel = new Noted();
        try (TestFleet fleet = TestFleet.start(folder);
                ContentStore store = ContentStore.open(folder.resolve("cache"), StoreOptions.standard())) {
            TestFleet.Member member = fleet.join();
            try (Peering peering =
                            new Peering(member.id(), store, 32, 1, _ -> Optional.empty(), _ -> {}, new NoGates());
                    Meeting meeting = new Meeting(
                            member.client(),
                            peering,
                            new Meeting.Self(PeerScope.FLEET, "", () -> 0),
                            tunnel,
                            List::of,
                            _ -> {})) {
                assertThat(tunnel.next()).isEmpty();
                tunnel.address = Optional.of(new TeredoEndpoint(ADDRESS, NatKind.UNKNOWN));
                meeting.changed();
                Optional<TeredoVerdict> verdict = tunnel.next();
                while (verdict.isEmpty()) {
                    verdict = tunnel.next();
                }
                assertThat(verdict).contains(TeredoVerdict.NO_SERVER);
            }
        }
    }

    /** Nobody is met here. */
    private static final class NoGates implements PeerGates {
        @Override
        public boolean isOnLink(InetAddress address) {
            return false;
        }

        @Override
        public SourceKind kind(Encounter peer) {
            return SourceKind.INTERNET;
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
}
