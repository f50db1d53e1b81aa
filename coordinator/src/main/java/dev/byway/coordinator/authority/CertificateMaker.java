package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Builds one certificate (RFC 5280), which the JDK can read but not write. All cryptography stays with the JDK's providers.
 * Validity begins two days early, so that a device whose clock is behind takes it too.
 */
final class CertificateMaker {
    private static final Duration EARLY = Duration.ofDays(2);

    private final X509v3CertificateBuilder builder;
    private final PublicKey issuerKey;

    CertificateMaker(
            X500Name issuer, PublicKey issuerKey, String commonName, PublicKey key, Instant now, Duration life) {
        this.issuerKey = issuerKey;
        this.builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(EARLY)),
                Date.from(now.plus(life)),
                commonName(commonName),
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            with(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            with(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    static X500Name commonName(String name) {
        return new X500Name("CN=" + name);
    }

    CertificateMaker with(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(extension, critical, value);
            return this;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    CertificateMaker named(List<GeneralName> names) {
        return with(Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
    }

    /** The certificate, signed with {@code issuer}, whose signature is checked at once. */
    X509Certificate sign(PrivateKey issuer) {
        try {
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer))
                    .getEncoded();
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            certificate.verify(issuerKey);
            return certificate;
        } catch (OperatorCreationException | IOException | GeneralSecurityException e) {
            throw failed(e);
        }
    }

    private static CoordinatorException failed(Exception e) {
        return new CoordinatorException("cannot make a certificate: " + e.getMessage(), e);
    }
}
