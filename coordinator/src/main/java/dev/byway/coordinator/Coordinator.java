package dev.byway.coordinator;

import dev.byway.coordinator.announce.Events;
import dev.byway.coordinator.announce.Prober;
import dev.byway.coordinator.announce.Rendezvous;
import dev.byway.coordinator.authority.FleetTrust;
import dev.byway.coordinator.authority.ServerIdentity;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.coordinator.fleet.Fleet;
import dev.byway.coordinator.http.Authentication;
import dev.byway.coordinator.http.Handlers;
import dev.byway.coordinator.http.Service;
import dev.byway.coordinator.learning.Learner;
import dev.byway.coordinator.teredo.TeredoService;
import dev.byway.coordinator.teredo.Witness;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.SiteRule;
import dev.byway.core.unit.Moment;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A running coordinator: HTTPS with TLS 1.3 only, on virtual threads.
 *
 * <p>Threads: the web server's own (one virtual thread a connection, also for held streams), one that forgets devices
 * whose time is over, one for each file that is being learned, and that of the Teredo server.
 */
public final class Coordinator implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration IDLE_CHECK = Duration.ofSeconds(15);
    private static final Duration STOPPING = Duration.ofSeconds(2);
    private static final Duration EXPIRY_CHECK = Duration.ofSeconds(5);
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private final CoordinatorConfig config;
    private final Fleet fleet;
    private final Optional<Learner> learner;
    private final Events events;
    private final Rendezvous rendezvous;
    private final WebServer server;
    private final Optional<TeredoService> teredo;
    private final Thread expiry;
    private final List<String> urls;

    private Coordinator(CoordinatorConfig config, Fleet fleet) {
        this.config = config;
        this.fleet = fleet;
        this.learner = config.learn()
                .map(what -> new Learner(fleet.catalog(), fleet.publishers(), config.state(), what, fleet.clock()));
        this.events = new Events(config.limits().devices());
        this.rendezvous = new Rendezvous(
                new SiteRule(config.sites(), Machine.links(), config.ipv6PrefixLength()),
                fleet.catalog()::standing,
                events,
                Coordinator::now,
                new SplittableRandom(),
                config.limits().devices());
        ServerIdentity identity = identity();
        this.teredo = config.teredo().map(TeredoService::start);
        try {
            this.server = server(identity).start();
        } catch (RuntimeException e) {
            teredo.ifPresent(TeredoService::close);
            throw e;
        }
        this.urls = config.urls().isEmpty() ? ownUrls() : config.urls();
        fleet.serves(urls, identity.pin());
        this.expiry = Thread.ofVirtual().name("expiry").start(this::expireForever);
    }

    /**
     * Starts a coordinator and returns once it serves.
     *
     * @throws CoordinatorException when the state folder, the certificate or the port cannot be used
     */
    public static Coordinator start(CoordinatorConfig config) {
        return start(config, InstantSource.system());
    }

    static Coordinator start(CoordinatorConfig config, InstantSource clock) {
        requireFreePort(config);
        Fleet fleet = Fleet.open(config.state(), clock);
        try {
            return new Coordinator(config, fleet);
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private static void requireFreePort(CoordinatorConfig config) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(config.address(), config.port()));
        } catch (IOException e) {
            String holder = PortHolder.of(config.port())
                    .map(name -> "; " + name + " listens there")
                    .orElse("");
            throw new CoordinatorException(
                    "cannot listen on TCP port " + config.port() + " of "
                            + config.address().getHostAddress() + ": " + e.getMessage() + holder
                            + ". Stop it, or set listen.port or listen.address",
                    e);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    private ServerIdentity identity() {
        return config.tls()
                .map(own -> ServerIdentity.given(own.certificate(), own.key()))
                .orElseGet(() -> ServerIdentity.issued(
                        config.state(),
                        fleet.authority(),
                        names(),
                        fleet.clock().instant()));
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(Machine.names(config.address()));
        config.urls().forEach(url -> names.add(URI.create(url).getHost().replaceAll("[\\[\\]]", "")));
        return names;
    }

    private List<String> ownUrls() {
        return Machine.names(config.address()).stream()
                .map(name -> "https://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + server.port())
                .limit(FleetLimits.TOKEN_URLS)
                .toList();
    }

    private WebServer server(ServerIdentity identity) {
        Authentication authentication =
                new Authentication(fleet.adminToken().secret().digest(), fleet.devices()::isRevoked, fleet.clock());
        Handlers handlers =
                new Handlers(fleet, learner, rendezvous, events, new Prober(), Witness.of(teredo), config.version());
        Service service = new Service(authentication, handlers, events, Coordinator::now);
        return WebServer.builder()
                .shutdownHook(false)
                .address(config.address())
                .port(config.port())
                .tls(tls(identity))
                .maxTcpConnections(config.limits().connections())
                .maxPayloadSize(FleetLimits.BODY)
                .connectionOptions(SocketOptions.builder().readTimeout(IDLE).build())
                .idleConnectionTimeout(IDLE)
                .idleConnectionPeriod(IDLE_CHECK)
                .shutdownGracePeriod(STOPPING)
                .routing(service.routing())
                .build();
    }

    private Tls tls(ServerIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    identity.keyManagers(),
                    new TrustManager[] {new FleetTrust(fleet.authority().certificate())},
                    new SecureRandom());
            return Tls.builder()
                    .sslContext(context)
                    .clientAuth(TlsClientAuth.OPTIONAL)
                    .enabledProtocols(List.of("TLSv1.3"))
                    .enabledCipherSuites(List.of(SUITES))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new CoordinatorException("this Java runtime has no TLS 1.3; use a full JDK 25", e);
        }
    }

    private void expireForever() {
        try {
            while (true) {
                Thread.sleep(EXPIRY_CHECK);
                rendezvous.expire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        InetAddress address = config.address();
        return new InetSocketAddress(address, server.port());
    }

    /** How devices reach it: what join tokens name. */
    public List<String> urls() {
        return urls;
    }

    /** What it keeps; closed with the coordinator. */
    public Fleet fleet() {
        return fleet;
    }

    /** Stops serving; connections end within two seconds. */
    @Override
    public void close() {
        expiry.interrupt();
        learner.ifPresent(Learner::close);
        events.close();
        server.stop();
        teredo.ifPresent(TeredoService::close);
        fleet.close();
    }
}
