package dev.byway.coordinator.announce;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.ProbeAnswer;
import dev.byway.core.wire.ProbeOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Dials a device back, to tell it whether others can: TCP, then the peer protocol's TLS handshake, which has to prove that
 * device's key. Sends nothing after it. The address is the one the request came from, so nobody can have another probed.
 * Any thread; a call blocks for {@link #CONNECT} and {@link #HANDSHAKE}, so that its answer is there
 * before the caller gives up.
 */
public final class Prober {
    static final Duration CONNECT = Duration.ofSeconds(2);
    static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private static final String PROTOCOL = "byway/1";
    private static final int AT_ONCE = 64;

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** Dials {@code endpoint} and says whether {@code device} answers there. */
    public ProbeAnswer probe(Endpoint endpoint, DeviceId device) {
        if (!free.tryAcquire()) {
            return new ProbeAnswer(endpoint, ProbeOutcome.NOT_TRIED, Duration.ZERO);
        }
        long start = System.nanoTime();
        try {
            ProbeOutcome outcome = dial(endpoint, device);
            return new ProbeAnswer(endpoint, outcome, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            free.release();
        }
    }

    private static ProbeOutcome dial(Endpoint endpoint, DeviceId device) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.address(), endpoint.port()), (int) CONNECT.toMillis());
            socket.setSoTimeout((int) HANDSHAKE.toMillis());
            return handshake(socket, endpoint, device);
        } catch (SocketTimeoutException e) {
            return ProbeOutcome.TIMEOUT;
        } catch (NoRouteToHostException e) {
            return ProbeOutcome.UNREACHABLE;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused") ? ProbeOutcome.REFUSED : ProbeOutcome.UNREACHABLE;
        } catch (IOException e) {
            return ProbeOutcome.UNREACHABLE;
        }
    }

    private static ProbeOutcome handshake(Socket plain, Endpoint endpoint, DeviceId device) {
        try (SSLSocket socket = (SSLSocket) context(new ExpectedKey(device))
                .getSocketFactory()
                .createSocket(plain, endpoint.address().getHostAddress(), endpoint.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setApplicationProtocols(new String[] {PROTOCOL});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return ProbeOutcome.HANDSHAKE;
        } catch (SocketTimeoutException e) {
            return ProbeOutcome.TIMEOUT;
        } catch (IOException | GeneralSecurityException e) {
            return ProbeOutcome.OTHER_DEVICE;
        }
    }

    private static SSLContext context(ExpectedKey expected) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {expected}, null);
        return context;
    }
}
