package dev.byway.origin;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides as another trust manager does, and says of a refused certificate which it was and why. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager decider;

    ExplainingTrustManager(X509ExtendedTrustManager decider) {
        this.decider = decider;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        explained(chain, () -> decider.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        explained(chain, () -> decider.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        explained(chain, () -> decider.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("an origin client accepts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("an origin client accepts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("an origin client accepts no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return decider.getAcceptedIssuers();
    }

    private static void explained(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new UnacceptableCertificateException(chain, e);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    /** A certificate was refused; the message is for people. */
    static final class UnacceptableCertificateException extends CertificateException {
        private final String issuer;
        private final boolean stranger;

        UnacceptableCertificateException(X509Certificate[] chain, CertificateException refusal) {
            super(CertificateProblem.describe(chain, refusal), refusal);
            issuer = chain.length == 0 ? "" : chain[0].getIssuerX500Principal().getName();
            stranger = CertificateProblem.leadsNowhere(refusal);
        }

        /** Who signed it, or empty text. */
        String issuer() {
            return issuer;
        }

        /** Whether nothing is wrong with it but that nobody trusted signed it. */
        boolean stranger() {
            return stranger;
        }
    }
}
