package dev.byway.agent.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Makes certificates and certification requests, which the JDK can read but not write. The only user of Bouncy Castle's
 * classes, so that they are loaded at first start and enrolment only; all cryptography stays with the JDK's providers.
 */
final class CertificateMaker {
    private static final Duration BEFORE = Duration.ofDays(2);
    private static final Duration AFTER = Duration.ofDays(3653);

    private CertificateMaker() {}

    static X509Certificate selfSigned(KeyPair key, Instant now) {
        X500Name name = name(key);
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(AFTER)),
                name,
                key.getPublic());
        try {
            return Certificates.read(builder.build(signer(key)).getEncoded());
        } catch (OperatorCreationException | IOException | CertificateException e) {
            throw new IdentityException("cannot make this device's certificate: " + e.getMessage(), e);
        }
    }

    /** A PKCS#10 request (RFC 2986) for exactly this key, signed with it. */
    static byte[] request(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(name(key), key.getPublic())
                    .build(signer(key))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IdentityException("cannot make a certification request: " + e.getMessage(), e);
        }
    }

    private static X500Name name(KeyPair key) {
        return new X500Name("CN=" + P256.id(key.getPublic()));
    }

    private static ContentSigner signer(KeyPair key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
    }
}
