package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.EgressRule;
import dev.byway.origin.OriginAnswer.Kind;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seam that keeps requests on someone else's word away from this machine and its network. */
@Timeout(30)
final class OriginEgressTest {
    private static final byte[] FILE = Reading.file(1000);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("203.0.113.7");

    private static OriginSettings with(EgressCheck check) {
        return OriginSettings.defaults("1").with(check);
    }

    @Test
    void aRefusedAddressIsNeverConnectedTo() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient client = new OriginClient(with(EgressCheck.by(new EgressRule(List.of()))))) {
            for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433")) {
                URI uri = URI.create("http://" + host + ":" + server.port() + "/f");
                OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(uri)));
                assertThat(failed.kind()).as(host).isEqualTo(Kind.EGRESS_REFUSED);
                assertThat(failed.message()).contains("is loopback and not listed in egress.allow");
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void everyRedirectIsCheckedAgain() throws IOException {
        try (FaultyServer inner = FaultyServer.start(Faults.none(FILE, "\"a\""));
                FaultyServer outer = FaultyServer.start(
                        Faults.redirects(302, _ -> inner.uri("/secret").toString()));
                OriginClient client = new OriginClient(with(
                        (uri, _) -> uri.getPath().equals("/secret") ? Optional.of("not for you") : Optional.empty()))) {
            OriginAnswer.Failed failed = Reading.failed(client.open(OriginRequest.of(outer.uri("/f"))));
            assertThat(failed.kind()).isEqualTo(Kind.EGRESS_REFUSED);
            assertThat(inner.connections()).isZero();
        }
    }

    @Test
    void aConnectionThatIsAlreadyOpenIsCheckedAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient client = new OriginClient(with((_, addresses) -> {
                    assertThat(addresses).containsExactly(LOOPBACK);
                    return asked.incrementAndGet() == 1 ? Optional.empty() : Optional.of("no longer");
                }))) {
            Reading.all(Reading.body(client.open(OriginRequest.of(server.uri("/f")))));
            assertThat(Reading.failed(client.open(OriginRequest.of(server.uri("/f"))))
                            .kind())
                    .isEqualTo(Kind.EGRESS_REFUSED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** DNS rebinding: the name is resolved once per connection, and only the checked answer is connected to. */
    @Test
    void aNameThatResolvesDifferentlyAfterTheCheckGainsNothing() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        NameResolver rebinding = _ -> List.of(lookups.incrementAndGet() == 1 ? LOOPBACK : PUBLIC);
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient client = new OriginClient(
                        with((_, addresses) -> addresses.equals(List.of(LOOPBACK))
                                ? Optional.empty()
                                : Optional.of("checked another")),
                        rebinding,
                        InstantSource.system())) {
            URI uri = URI.create("http://rebinding.test:" + server.port() + "/f");
            assertThat(Reading.all(Reading.body(client.open(OriginRequest.of(uri)))))
                    .isEqualTo(FILE);
            assertThat(lookups).hasValue(1);
            assertThat(server.requests().getFirst()).contains("Host: rebinding.test:" + server.port());
        }
    }

    @Test
    void oneRefusedAddressAmongSeveralRefusesTheName() throws IOException {
        try (OriginClient client = new OriginClient(
                with(EgressCheck.by(new EgressRule(List.of()))),
                _ -> List.of(InetAddress.ofLiteral("8.8.8.8"), LOOPBACK),
                InstantSource.system())) {
            assertThat(Reading.failed(client.open(OriginRequest.of(URI.create("http://mixed.test/"))))
                            .kind())
                    .isEqualTo(Kind.EGRESS_REFUSED);
        }
    }

    @Test
    void anAddressThatRefusesGivesWayToTheNext() throws IOException {
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient client = new OriginClient(
                        with(EgressCheck.ALLOW_ALL),
                        _ -> List.of(InetAddress.ofLiteral("127.0.0.9"), LOOPBACK),
                        InstantSource.system())) {
            URI uri = URI.create("http://two.test:" + server.port() + "/f");
            assertThat(Reading.all(Reading.body(client.open(OriginRequest.of(uri)))))
                    .isEqualTo(FILE);
        }
    }
}
