package dev.byway.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority for tests: ECDSA P-256, made on the spot, trusted by nobody who is not told to. */
public final class TestCa {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final KeyPair key = newKey();
    private final X509Certificate certificate;

    /** A new authority called {@code CN=name}. */
    public TestCa(String name) {
        this.name = name;
        Instant now = Instant.now();
        this.certificate = sign(
                "CN=" + name, key, List.of(), true, now.minus(Duration.ofDays(400)), now.plus(Duration.ofDays(400)));
    }

    /** A certificate of this authority with its key, valid now. */
    public Issued issue(String... namesAndAddresses) {
        Instant now = Instant.now();
        return issue(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)), namesAndAddresses);
    }

    /** A certificate of this authority with its key, valid between two instants. */
    public Issued issue(Instant from, Instant until, String... namesAndAddresses) {
        KeyPair leafKey = newKey();
        X509Certificate leaf =
                sign("CN=" + namesAndAddresses[0], leafKey, List.of(namesAndAddresses), false, from, until);
        return new Issued(leaf, leafKey.getPrivate(), certificate);
    }

    /** Writes the authority's certificate as PEM. */
    public Path writeCertificate(Path file) {
        return writePem(file, certificate);
    }

    /** Writes the authority's certificate as PEM into a folder, under a name of its own. */
    public Path certificateIn(Path folder) {
        return writeCertificate(folder.resolve("ca-" + RANDOM.nextInt(1 << 30) + ".pem"));
    }

    /**
     * A certificate, its key and the authority's certificate.
     *
     * @param certificate of the server
     * @param key of the certificate
     * @param issuer the authority
     */
    public record Issued(X509Certificate certificate, PrivateKey key, X509Certificate issuer) {
        /** Writes certificate and authority as PEM. */
        public Path writeChain(Path file) {
            return writePem(file, certificate, issuer);
        }

        /** Writes the private key as PEM. */
        public Path writeKey(Path file) {
            return writePem(file, new PemObject("PRIVATE KEY", key.getEncoded()));
        }

        /** A context for a TLS server that shows this certificate. */
        public SSLContext serverContext() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                char[] password = "test".toCharArray();
                store.setKeyEntry("server", key, password, new Certificate[] {certificate, issuer});
                KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
                keys.init(store, password);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private X509Certificate sign(
            String subject, KeyPair subjectKey, List<String> names, boolean authority, Instant from, Instant until) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + name),
                    new BigInteger(64, RANDOM),
                    Date.from(from),
                    Date.from(until),
                    new X500Principal(subject),
                    subjectKey.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                GeneralName[] alternatives = names.stream()
                        .map(each ->
                                new GeneralName(isAddress(each) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.contains(":");
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path writePem(Path file, Object... items) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object item : items) {
                pem.writeObject(item);
            }
            pem.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
