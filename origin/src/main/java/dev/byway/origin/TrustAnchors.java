package dev.byway.origin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificate authorities vouch for https origins: those of the Java
 * runtime (of the system, for a runtime that has none), plus any that the user added. Nothing can
 * switch the check of chain, dates or host name off. Loaded at the first https connection. Thread-safe.
 */
public final class TrustAnchors {
    /** Largest file of certificates, in bytes. */
    public static final int MAX_FILE = 4 << 20;

    private final List<X509Certificate> extra;
    private Optional<SSLSocketFactory> factory = Optional.empty();

    private TrustAnchors(List<X509Certificate> extra) {
        this.extra = List.copyOf(extra);
    }

    /**
     * The Java runtime's trust store, or the one that {@code javax.net.ssl.trustStore} names; where that is empty, {@link
     * SystemAuthorities}.
     */
    public static TrustAnchors platform() {
        return new TrustAnchors(List.of());
    }

    /**
     * Those of {@link #platform}, plus the certificates in a PEM file.
     *
     * @throws OriginSettingException when the file cannot be read or holds no certificate
     */
    public static TrustAnchors platformAnd(Path pem) {
        return new TrustAnchors(read(pem, "correct origin.ca"));
    }

    /** Opens TLS on a connection that is there. */
    synchronized SSLSocketFactory sockets() {
        SSLSocketFactory ready = factory.orElseGet(this::newFactory);
        factory = Optional.of(ready);
        return ready;
    }

    private static List<X509Certificate> read(Path pem, String mend) {
        try (InputStream in = Files.newInputStream(pem)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new OriginSettingException(
                        pem + " is larger than 4 MiB, and should be a PEM file of CA certificates only: " + mend);
            }
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (found.isEmpty()) {
                throw new OriginSettingException(
                        pem + " holds no certificate, and should be a PEM file of CA certificates: " + mend);
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (IOException e) {
            throw new OriginSettingException(
                    "cannot read the CA certificates in " + pem + ": is it there, and may this user read it? If not, "
                            + mend,
                    e);
        } catch (CertificateException e) {
            throw new OriginSettingException(
                    pem + " is no PEM file of CA certificates (" + e.getMessage() + "): " + mend, e);
        }
    }

    private SSLSocketFactory newFactory() {
        try {
            X509ExtendedTrustManager platform = manager(Optional.empty());
            List<X509Certificate> added = new ArrayList<>(extra);
            if (platform.getAcceptedIssuers().length == 0) {
                SystemAuthorities.file()
                        .map(file -> read(file, "install the system's CA certificates anew"))
                        .ifPresent(added::addAll);
                if (added.isEmpty()) {
                    throw new OriginSettingException("neither this Java nor this system has CA certificates to check "
                            + "https servers with: install the package ca-certificates, or name a file in origin.ca");
                }
            }
            X509ExtendedTrustManager checked = added.isEmpty() ? platform : manager(Optional.of(with(added, platform)));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ExplainingTrustManager(checked)}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new OriginSettingException("cannot load the JDK's CA certificates: " + e.getMessage(), e);
        }
    }

    private static KeyStore with(List<X509Certificate> added, X509ExtendedTrustManager platform)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> all = new ArrayList<>(List.of(platform.getAcceptedIssuers()));
        all.addAll(added);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry("ca-" + i, all.get(i));
        }
        return store;
    }

    /** The JDK's manager for {@code anchors}, or for the platform's own. */
    private static X509ExtendedTrustManager manager(Optional<KeyStore> anchors) throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        if (anchors.isPresent()) {
            managers.init(anchors.get());
        } else {
            initWithPlatform(managers);
        }
        for (TrustManager manager : managers.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this JDK has no X.509 trust manager");
    }

    @SuppressWarnings("NullAway") // null is how this JDK method is told to use the platform's trust store
    private static void initWithPlatform(TrustManagerFactory managers) throws GeneralSecurityException {
        managers.init((KeyStore) null);
    }
}
