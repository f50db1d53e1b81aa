package dev.byway.agent.fleet;

import dev.byway.core.doctor.CoordinatorSeen;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * For {@link CoordinatorTrial} alone: lets every certificate pass, because nothing is told to its owner and nothing is believed of
 * it, and keeps what the real judge would have said. For one handshake.
 */
final class CertificateObserver extends X509ExtendedTrustManager {
    private final PinnedAuthority judge;
    private Optional<CoordinatorSeen.Doubt> untrusted = Optional.empty();
    private String issuer = "";

    CertificateObserver(PinnedAuthority judge) {
        this.judge = judge;
    }

    /** Why the certificate is not the coordinator's, when it is not. */
    Optional<CoordinatorSeen.Doubt> untrusted() {
        return untrusted;
    }

    /** Who signed it, or empty text. */
    String issuer() {
        return issuer;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        issuer = chain[0].getIssuerX500Principal().getName();
        try {
            judge.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            untrusted = Optional.of(new CoordinatorSeen.Doubt(
                    e instanceof PinnedAuthority.StrangerException, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not asked");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not asked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a client's");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a client's");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a client's");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
