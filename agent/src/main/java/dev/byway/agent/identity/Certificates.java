package dev.byway.agent.identity;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Reading and writing X.509 certificates. */
final class Certificates {
    private Certificates() {}

    static X509Certificate read(byte[] der) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    static String pem(X509Certificate certificate) {
        try {
            return new Pem(Pem.CERTIFICATE, certificate.getEncoded()).text();
        } catch (CertificateException e) {
            throw new IdentityException("cannot encode the certificate of " + certificate.getSubjectX500Principal(), e);
        }
    }
}
