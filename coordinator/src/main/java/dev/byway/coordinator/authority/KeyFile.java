package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.unit.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A private key (PKCS #8) and the certificates of it, leaf first, in one PEM file, so that they cannot come apart. */
final class KeyFile {
    /**
     * What the file holds.
     *
     * @param chain at least one; the first is for {@code key}
     */
    record Contents(PrivateKey key, List<X509Certificate> chain) {}

    private final SecretFile file;

    KeyFile(Path path) {
        this.file = new SecretFile(path);
    }

    Optional<Contents> read() {
        return file.read().map(text -> {
            Optional<PrivateKey> key = privateKey(text, "EC");
            List<X509Certificate> chain = certificates(file.path(), text);
            if (key.isEmpty() || chain.isEmpty()) {
                throw new CoordinatorException(file.path() + " is damaged: it must hold a private key and its"
                        + " certificate; restore it from a backup");
            }
            return new Contents(key.get(), chain);
        });
    }

    void write(Contents contents) {
        StringBuilder text = new StringBuilder(
                new Pem(Pem.PRIVATE_KEY, ByteString.of(contents.key().getEncoded())).text());
        contents.chain().forEach(certificate -> text.append(pem(certificate)));
        file.write(text.toString());
    }

    static String pem(X509Certificate certificate) {
        try {
            return new Pem(Pem.CERTIFICATE, ByteString.of(certificate.getEncoded())).text();
        } catch (CertificateEncodingException e) {
            throw new CoordinatorException("cannot encode a certificate: " + e.getMessage(), e);
        }
    }

    /** The first private key in {@code text} that is of one of these algorithms. */
    static Optional<PrivateKey> privateKey(String text, String... algorithms) {
        return Pem.parse(text).stream()
                .filter(block -> block.label().equals(Pem.PRIVATE_KEY))
                .flatMap(block -> Stream.of(algorithms).flatMap(algorithm -> privateKey(block, algorithm).stream()))
                .findFirst();
    }

    private static Optional<PrivateKey> privateKey(Pem block, String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(block.der().toArray())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    static List<X509Certificate> certificates(Path path, String text) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem block : Pem.parse(text)) {
            if (block.label().equals(Pem.CERTIFICATE)) {
                chain.add(certificate(path, block.der().toArray()));
            }
        }
        return chain;
    }

    private static X509Certificate certificate(Path path, byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CoordinatorException(path + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }
}
