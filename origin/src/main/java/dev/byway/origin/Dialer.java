package dev.byway.origin;

import dev.byway.origin.OriginAnswer.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections: resolve the name, ask {@link EgressCheck}, connect to one of the very addresses it saw, tunnel
 * through the proxy, start TLS. Thread-safe.
 */
final class Dialer {
    /** Preferred: the JDK's AES-128-GCM costs 5 to 15 % less than its AES-256-GCM, which it would put first. */
    private static final String FIRST_CIPHER = "TLS_AES_128_GCM_SHA256";

    private final OriginSettings settings;
    private final Lookup lookup;

    Dialer(OriginSettings settings, NameResolver resolver) {
        this.settings = settings;
        this.lookup = new Lookup(resolver);
    }

    /**
     * A new connection for requests to {@code uri}.
     *
     * @param redirectedBy the server that sent us here, if one did
     * @throws OriginFailureException when there is none
     */
    Connection dial(Route route, URI uri, Optional<InetAddress> redirectedBy, Cancellation cancellation) {
        Endpoint next = route.proxy().map(HttpProxy::endpoint).orElse(route.target());
        List<InetAddress> addresses = addresses(route, next, uri, redirectedBy, cancellation);
        Socket tcp = connect(route, next, addresses, uri, cancellation);
        boolean done = false;
        try (Cancellation.Registration _ = cancellation.onCancel(() -> Connection.closeAtOnce(tcp))) {
            tcp.setTcpNoDelay(true);
            if (route.proxy().isPresent() && route.target().secure()) {
                tunnel(tcp, route.target(), route.proxy().get(), uri);
            }
            Connection connection = new Connection(tcp, route.target().secure() ? secured(tcp, route) : tcp);
            done = true;
            return connection;
        } catch (IOException e) {
            throw Failures.noAnswer(route.shown(), e, settings.limits().connect());
        } finally {
            if (!done) {
                Connection.closeAtOnce(tcp);
            }
        }
    }

    /**
     * Asks {@link EgressCheck} about a request on a connection that is already there.
     *
     * @throws OriginFailureException when it refuses
     */
    void checkEgress(Route route, URI uri, Optional<InetAddress> redirectedBy, InetAddress connected) {
        refuseIfAsked(uri, redirectedBy, route.proxy().isPresent() ? literal(uri) : List.of(connected));
    }

    private List<InetAddress> addresses(
            Route route, Endpoint next, URI uri, Optional<InetAddress> redirectedBy, Cancellation cancellation) {
        if (route.proxy().isPresent()) {
            refuseIfAsked(uri, redirectedBy, literal(uri));
            try {
                return lookup.addresses(next.host(), settings.limits().connect(), cancellation);
            } catch (OriginFailureException e) {
                throw proxyFailed(e, route.proxy().get());
            }
        }
        List<InetAddress> addresses =
                lookup.addresses(next.host(), settings.limits().connect(), cancellation);
        refuseIfAsked(uri, redirectedBy, addresses);
        return addresses;
    }

    private void refuseIfAsked(URI uri, Optional<InetAddress> redirectedBy, List<InetAddress> addresses) {
        Optional<String> refusal =
                settings.egress().refusal(uri, addresses).or(() -> InwardRedirect.refusal(redirectedBy, addresses));
        if (refusal.isPresent()) {
            throw Failures.of(Kind.EGRESS_REFUSED, Endpoint.shown(uri) + " must not be fetched: " + refusal.get());
        }
    }

    private Socket connect(
            Route route, Endpoint next, List<InetAddress> addresses, URI uri, Cancellation cancellation) {
        ConnectRace race =
                new ConnectRace(addresses, next.port(), settings.limits().connect());
        try (Cancellation.Registration _ = cancellation.onCancel(race::abandon)) {
            return race.run();
        } catch (IOException e) {
            String where = next.hostAndPort()
                    + (addresses.getFirst().getHostAddress().equals(next.host())
                            ? ""
                            : " (" + addresses.getFirst().getHostAddress() + (addresses.size() > 1 ? ", …)" : ")"));
            OriginFailureException failure =
                    Failures.unreachable(where, e, settings.limits().connect());
            throw route.proxy().isPresent() ? proxyFailed(failure, route.proxy().get()) : failure;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(uri);
        }
    }

    private void tunnel(Socket tcp, Endpoint target, HttpProxy proxy, URI uri) throws IOException {
        StringBuilder request = new StringBuilder("CONNECT " + target.hostAndPort() + " HTTP/1.1\r\n");
        request.append("Host: ").append(target.hostAndPort()).append("\r\n");
        request.append("User-Agent: ").append(settings.userAgent()).append("\r\n");
        proxy.authorization()
                .ifPresent(secret ->
                        request.append("Proxy-Authorization: ").append(secret).append("\r\n"));
        request.append("\r\n");
        Connection toProxy = new Connection(tcp, tcp);
        try {
            MessageHead answer = toProxy.exchange(
                    request.toString().getBytes(StandardCharsets.ISO_8859_1),
                    settings.limits().forTunnel());
            if (answer.status() / 100 != 2) {
                throw refusedByProxy(answer, target.hostAndPort(), proxy);
            }
        } catch (SocketTimeoutException | BufferedSource.EndedEarlyException e) {
            throw proxyFailed(Failures.noAnswer("it", e, settings.limits().connect()), proxy);
        } catch (HttpSyntaxException e) {
            throw proxyFailed(Failures.protocol(uri, e), proxy);
        }
        if (toProxy.source().hasBuffered()) {
            throw Failures.of(Kind.PROXY, "proxy " + proxy + " sent bytes of its own into the tunnel");
        }
    }

    private SSLSocket secured(Socket tcp, Route route) throws IOException {
        Endpoint target = route.target();
        try (Deadline deadline = Deadline.after(settings.limits().connect(), () -> Connection.closeAtOnce(tcp))) {
            try {
                SSLSocket tls =
                        (SSLSocket) settings.trust().sockets().createSocket(tcp, target.host(), target.port(), true);
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setCipherSuites(preferred(parameters.getCipherSuites()));
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                return tls;
            } catch (IOException e) {
                throw deadline.passed()
                        ? Failures.of(
                                Kind.TIMEOUT,
                                route.shown() + " did not finish the TLS handshake within "
                                        + Failures.seconds(settings.limits().connect()) + "; try again later")
                        : TlsFailure.of(route, e);
            }
        }
    }

    private static String[] preferred(String[] ciphers) {
        return Set.of(ciphers).contains(FIRST_CIPHER)
                ? Stream.concat(Stream.of(FIRST_CIPHER), Stream.of(ciphers).filter(name -> !name.equals(FIRST_CIPHER)))
                        .toArray(String[]::new)
                : ciphers;
    }

    private static List<InetAddress> literal(URI uri) {
        try {
            return List.of(InetAddress.ofLiteral(Endpoint.of(uri).host()));
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }

    static OriginFailureException refusedByProxy(MessageHead answer, String target, HttpProxy proxy) {
        String advice = answer.status() == 407
                ? "it wants other credentials: give " + proxy.credentialsIn()
                : "it does not let Byway through; ask who runs it";
        return Failures.of(
                Kind.PROXY, "proxy " + proxy + " answered " + answer.statusText() + " for " + target + ": " + advice);
    }

    private static OriginFailureException proxyFailed(OriginFailureException cause, HttpProxy proxy) {
        return cause.failure().kind() == Kind.CANCELLED
                ? cause
                : Failures.of(Kind.PROXY, "proxy " + proxy + " does not serve: " + cause.getMessage());
    }
}
