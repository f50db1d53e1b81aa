package dev.byway.agent.link;

import dev.byway.agent.identity.PeerRefusedException;
import dev.byway.agent.link.DialResult.Failed;
import dev.byway.agent.link.DialResult.Kind;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.wire.ProbeOutcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/** Makes links to other devices. Stateless; any thread, meant for virtual ones. */
public final class LinkDialler {
    private final LinkSetup setup;
    private final Optional<InetAddress> from;

    /** @param from local address to dial from, as setting {@code peer.address} has it; empty for the system's choice */
    public LinkDialler(LinkSetup setup, Optional<InetAddress> from) {
        this.setup = setup;
        this.from = from;
    }

    /**
     * Dials, and waits until the link stands or has failed: {@link LinkTimes} says how long at most.
     *
     * @param expected the device that must answer, empty for any that is trusted
     */
    public DialResult dial(InetSocketAddress address, Optional<DeviceId> expected) {
        Socket tcp = new Socket();
        try {
            return open(new ConnectedLink(reach(tcp, address, expected), setup, true, () -> {}));
        } catch (NotReached e) {
            Sockets.close(tcp);
            return e.failed;
        } catch (IOException e) {
            Sockets.close(tcp);
            return new Failed(Kind.DECLINED, detail(e));
        }
    }

    /**
     * Looks whether a device can be dialled, as a peer asks with {@link dev.byway.core.wire.Frame.Probe}: shakes hands and
     * closes. No link comes of it, at either end.
     *
     * @return never {@link ProbeOutcome#NOT_TRIED}
     */
    public ProbeOutcome probe(InetSocketAddress address, DeviceId expected) {
        return check(address, Optional.of(expected)).map(Failed::outcome).orElse(ProbeOutcome.HANDSHAKE);
    }

    /** Shakes hands and closes, as {@link #probe}; how that failed, or nothing. */
    public Optional<Failed> check(InetSocketAddress address, Optional<DeviceId> expected) {
        Socket tcp = new Socket();
        try {
            reach(tcp, address, expected);
            return Optional.empty();
        } catch (NotReached e) {
            return Optional.of(e.failed);
        } finally {
            Sockets.close(tcp);
        }
    }

    /** Carries the reason out of the steps of dialling. */
    private static final class NotReached extends Exception {
        private final Failed failed;

        NotReached(Kind kind, String detail) {
            super(detail);
            failed = new Failed(kind, detail);
        }
    }

    private TlsConnection reach(Socket tcp, InetSocketAddress address, Optional<DeviceId> expected) throws NotReached {
        connect(tcp, address);
        TlsConnection connection = shakeHands(tcp);
        DeviceId found = connection.peer().device();
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new NotReached(Kind.OTHER_DEVICE, "expected " + expected.get() + ", found " + found);
        }
        return connection;
    }

    private void connect(Socket tcp, InetSocketAddress address) throws NotReached {
        if (address.isUnresolved()) {
            throw new NotReached(Kind.UNREACHABLE, "no address for " + address.getHostString());
        }
        try {
            if (from.isPresent()) {
                tcp.bind(new InetSocketAddress(from.get(), 0));
            }
            tcp.connect(address, (int) setup.times().connect().toMillis());
        } catch (SocketTimeoutException e) {
            long limit = setup.times().connect().toMillis();
            throw new NotReached(Kind.TIMEOUT, "no answer from " + address + " in " + limit + " ms");
        } catch (IOException e) {
            throw new NotReached(connectKind(e), address + ": " + e.getMessage());
        }
    }

    private TlsConnection shakeHands(Socket tcp) throws NotReached {
        try (Deadline deadline = Deadline.closing(tcp, setup.times().handshake())) {
            try {
                return TlsConnection.handshake(tcp, setup.tls().get(), true);
            } catch (IOException e) {
                long limit = setup.times().handshake().toMillis();
                throw deadline.passed()
                        ? new NotReached(Kind.TIMEOUT, "no handshake in " + limit + " ms")
                        : new NotReached(handshakeKind(e), detail(e));
            }
        }
    }

    /** Runs a link, and waits until it is open or has ended. */
    static DialResult open(ConnectedLink link) {
        Thread.ofVirtual().name("byway-link-reader").start(link::run);
        CompletableFuture.anyOf(link.opened(), link.ended()).join();
        return link.opened().isDone()
                ? new DialResult.Linked(link)
                : notOpened(link.ended().join());
    }

    private static Kind connectKind(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return switch (e) {
            case NoRouteToHostException none -> Kind.UNREACHABLE;
            case ConnectException refused when text.contains("refused") -> Kind.REFUSED;
            case ConnectException slow when text.contains("timed out") -> Kind.TIMEOUT;
            case SocketException reset when text.contains("reset") -> Kind.REFUSED; // closed while we came
            default -> Kind.UNREACHABLE;
        };
    }

    private static Failed notOpened(LinkEnd end) {
        return switch (end) {
            case LinkEnd.Refused(String alert) ->
                new Failed(TlsAlert.isAboutCertificate(alert) ? Kind.OTHER_FLEET : Kind.TLS, end.text());
            case LinkEnd.PeerFault fault -> new Failed(Kind.NOT_BYWAY, end.text());
            case LinkEnd other -> new Failed(Kind.DECLINED, end.text());
        };
    }

    /** What it means that a handshake failed so. */
    static Kind handshakeKind(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerRefusedException refused) {
                return switch (refused.reason()) {
                    case SELF -> Kind.SELF;
                    case OTHER_FLEET, NOT_VALID_NOW -> Kind.OTHER_FLEET;
                    case MALFORMED -> Kind.NOT_BYWAY;
                };
            }
        }
        return switch (e) {
            case TlsConnection.NotByway other -> Kind.NOT_BYWAY;
            case SSLException cut when cut.getCause() instanceof EOFException -> Kind.DECLINED;
            case SSLException tls -> alertKind(tls);
            default -> Kind.DECLINED;
        };
    }

    private static Kind alertKind(SSLException e) {
        Optional<String> alert = TlsAlert.received(e);
        if (alert.isPresent()) {
            return TlsAlert.isAboutCertificate(alert.get())
                    ? Kind.OTHER_FLEET
                    : alert.get().equals("no_application_protocol") ? Kind.NOT_BYWAY : Kind.TLS;
        }
        return String.valueOf(e.getMessage()).contains("unrecognized SSL message") ? Kind.NOT_BYWAY : Kind.TLS;
    }

    static String detail(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
