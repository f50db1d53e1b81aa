package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.content.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The key and certificates that the coordinator shows. Its own are issued by the fleet's authority, and again when the names
 * change or the end is near; the administrator may give others, which then have to come with the certificate of their
 * authority, because that is what join tokens pin.
 */
public final class ServerIdentity {
    private static final String FILE = "server.pem";
    private static final Duration RENEW_BEFORE = Duration.ofDays(365);
    private static final int DNS = 2;
    private static final int IP = 7;

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private ServerIdentity(KeyFile.Contents contents) {
        this.key = contents.key();
        this.chain = List.copyOf(contents.chain());
    }

    /**
     * An identity issued by the fleet's own authority.
     *
     * @param names host names and addresses by which devices know the coordinator
     */
    public static ServerIdentity issued(
            Path folder, CertificateAuthority authority, Collection<String> names, Instant now) {
        KeyFile file = new KeyFile(folder.resolve(FILE));
        Optional<KeyFile.Contents> kept = file.read().filter(contents -> serves(contents, authority, names, now));
        return new ServerIdentity(kept.orElseGet(() -> issue(file, authority, names, now)));
    }

    private static KeyFile.Contents issue(
            KeyFile file, CertificateAuthority authority, Collection<String> names, Instant now) {
        KeyPair pair = P256.generate();
        List<GeneralName> addresses =
                names.stream().distinct().map(ServerIdentity::generalName).toList();
        X509Certificate leaf = authority.certifyServer(pair.getPublic(), addresses, now);
        KeyFile.Contents contents = new KeyFile.Contents(pair.getPrivate(), List.of(leaf, authority.certificate()));
        file.write(contents);
        return contents;
    }

    private static boolean serves(
            KeyFile.Contents contents, CertificateAuthority authority, Collection<String> names, Instant now) {
        X509Certificate leaf = contents.chain().getFirst();
        try {
            leaf.verify(authority.certificate().getPublicKey());
            return leaf.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))
                    && namesIn(leaf).equals(new TreeSet<>(names));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Set<String> namesIn(X509Certificate leaf) throws CertificateParsingException {
        Set<String> names = new TreeSet<>();
        Collection<List<?>> all = leaf.getSubjectAlternativeNames();
        for (List<?> name : all == null ? List.<List<?>>of() : all) {
            if (name.get(0) instanceof Integer type
                    && (type == DNS || type == IP)
                    && name.get(1) instanceof String text) {
                names.add(type == IP ? InetAddress.ofLiteral(text).getHostAddress() : text);
            }
        }
        return names;
    }

    private static GeneralName generalName(String name) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    /**
     * The administrator's own key and certificates ({@code tls.key}, {@code tls.certificate}).
     *
     * @throws CoordinatorException when they cannot be read, do not fit, or lack the authority's certificate
     */
    public static ServerIdentity given(Path certificateFile, Path keyFile) {
        List<X509Certificate> chain = KeyFile.certificates(certificateFile, text(certificateFile, "tls.certificate"));
        PrivateKey key = KeyFile.privateKey(text(keyFile, "tls.key"), "EC", "RSA")
                .orElseThrow(() -> new CoordinatorException("tls.key " + keyFile
                        + " holds no EC or RSA key in PKCS #8 PEM; convert it: openssl pkcs8 -topk8 -nocrypt"));
        if (chain.size() < 2 || chain.getLast().getBasicConstraints() < 0) {
            throw new CoordinatorException(
                    "tls.certificate " + certificateFile + " has to hold the server's certificate"
                            + " and those above it up to its authority's, which join tokens pin");
        }
        return new ServerIdentity(new KeyFile.Contents(key, chain));
    }

    private static String text(Path file, String setting) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new CoordinatorException("cannot read " + setting + " " + file + ": " + e, e);
        }
    }

    /** The pin of the authority above: what tokens tell devices to look for. */
    public Digest pin() {
        return CertificateAuthority.pin(chain.getLast().getPublicKey());
    }

    /** For the TLS context. */
    public KeyManager[] keyManagers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new CoordinatorException("the coordinator's key and certificate do not fit: " + e.getMessage(), e);
        }
    }
}
