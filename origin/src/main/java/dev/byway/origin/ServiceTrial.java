package dev.byway.origin;

import dev.byway.core.doctor.microsoft.ServiceSeen;
import dev.byway.origin.ExplainingTrustManager.UnacceptableCertificateException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Goes to a server of https one step at a time, for the doctor, and says how far it came. Trusts whom origins are trusted by, and asks
 * for nothing.
 */
public final class ServiceTrial {
    private ServiceTrial() {}

    /** Tries: without a proxy, {@link FirstSteps#STEP} for each step. */
    public static ServiceSeen.Step of(String host, int port, OriginSettings settings) {
        List<InetAddress> addresses;
        try {
            addresses = FirstSteps.addresses(host);
        } catch (UnknownHostException e) {
            return new ServiceSeen.Unresolved(words(e));
        }
        try (Socket tcp = FirstSteps.connect(addresses, port)) {
            return secured(tcp, host, port, settings.trust());
        } catch (IOException e) {
            return new ServiceSeen.Unconnected(words(e));
        }
    }

    private static ServiceSeen.Step secured(Socket tcp, String host, int port, TrustAnchors trust) {
        try (Deadline deadline = Deadline.after(FirstSteps.STEP, () -> Connection.closeAtOnce(tcp))) {
            try (SSLSocket tls = (SSLSocket) trust.sockets().createSocket(tcp, host, port, true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                return new ServiceSeen.Trusted(
                        ((X509Certificate) tls.getSession().getPeerCertificates()[0])
                                .getIssuerX500Principal()
                                .getName());
            } catch (IOException e) {
                return deadline.passed()
                        ? new ServiceSeen.Broken("no TLS handshake within " + Failures.seconds(FirstSteps.STEP))
                        : refused(e)
                                .<ServiceSeen.Step>map(ServiceTrial::doubted)
                                .orElseGet(() -> new ServiceSeen.Broken("no TLS: " + TlsFailure.reason(e)));
            }
        }
    }

    private static ServiceSeen.Doubted doubted(UnacceptableCertificateException refused) {
        return new ServiceSeen.Doubted(refused.issuer(), refused.stranger(), String.valueOf(refused.getMessage()));
    }

    private static Optional<UnacceptableCertificateException> refused(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnacceptableCertificateException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    private static String words(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
