package dev.byway.agent.identity;

import dev.byway.core.fleet.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What enrolment gave this device: its certificate from the fleet's CA, and the CA whose other devices it believes. Kept in
 * {@code fleet.pem} of the state folder, device first, CA last.
 *
 * @param chain this device's certificate and any between it and the CA's, which is not in it
 * @param ca the fleet's CA; its key is what counts
 */
public record FleetCredentials(List<X509Certificate> chain, X509Certificate ca) {
    /** Name of the file in the state folder. */
    public static final String FILE = "fleet.pem";

    public FleetCredentials {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a fleet's device needs a certificate");
        }
    }

    /**
     * What {@link #store} wrote, empty for a device that joined no fleet.
     *
     * @throws IdentityException when the file cannot be read or is for another key
     */
    public static Optional<FleetCredentials> load(Path stateFolder, DeviceKey key) {
        Path file = stateFolder.resolve(FILE);
        return PrivateFile.read(file).map(text -> parse(file, text, key));
    }

    private static FleetCredentials parse(Path file, String text, DeviceKey key) {
        try {
            FleetCredentials credentials = parse(text);
            credentials.mustBeFor(key);
            return credentials;
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IdentityException(
                    "the fleet certificate " + file + " cannot be used (" + e.getMessage() + "); join the fleet again",
                    e);
        }
    }

    /**
     * The credentials in a PEM text: the device's chain, then the CA.
     *
     * @throws CertificateException when a block is no certificate
     * @throws IllegalArgumentException when there are fewer than two certificates or the text is not PEM
     */
    public static FleetCredentials parse(String pem) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        for (Pem block : Pem.parse(pem)) {
            if (block.label().equals(Pem.CERTIFICATE)) {
                all.add(Certificates.read(block.der()));
            }
        }
        if (all.size() < 2) {
            throw new IllegalArgumentException("it must hold the device's certificate and the CA's");
        }
        return new FleetCredentials(all.subList(0, all.size() - 1), all.getLast());
    }

    /**
     * Keeps the credentials in the state folder, in place of any there.
     *
     * @throws IdentityException when they are for another key than {@code key}, or the folder cannot be written
     */
    public void store(Path stateFolder, DeviceKey key) {
        try {
            mustBeFor(key);
        } catch (IllegalArgumentException e) {
            throw new IdentityException("the fleet's certificate is not for this device: " + e.getMessage(), e);
        }
        String text = Stream.concat(chain.stream(), Stream.of(ca))
                .map(Certificates::pem)
                .collect(Collectors.joining());
        PrivateFile.write(stateFolder.resolve(FILE), text);
    }

    /** Forgets the fleet: the device is anonymous again. */
    public static void remove(Path stateFolder) {
        Path file = stateFolder.resolve(FILE);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IdentityException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /** Shows this device's certificate to the coordinator and proves {@code key}. */
    public X509ExtendedKeyManager keyManager(DeviceKey key) {
        mustBeFor(key);
        return new DeviceKeyManager(key.privateKey(), () -> chain);
    }

    /** When the device's own certificate is valid. */
    public Validity validity() {
        X509Certificate own = chain.getFirst();
        return new Validity(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
    }

    void mustBeFor(DeviceKey key) {
        if (!P256.id(chain.getFirst().getPublicKey()).equals(key.id())) {
            throw new IllegalArgumentException("it certifies another key than " + DeviceKey.FILE + " holds");
        }
    }
}
