package dev.byway.agent.identity;

import dev.byway.core.fleet.DeviceId;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;

/**
 * This device's key, an ECDSA P-256 pair, with the certificate it signed for itself. Made at first start and kept in {@code
 * device.pem} of the state folder: the PKCS#8 private key and the certificate, in one file so that they cannot come apart,
 * readable by its owner only. Whoever copies that file is this device. Immutable.
 */
public final class DeviceKey {
    /** Name of the file in the state folder. */
    public static final String FILE = "device.pem";

    private final DeviceId id;
    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    private DeviceKey(PrivateKey privateKey, X509Certificate certificate) {
        this.id = P256.id(certificate.getPublicKey());
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /**
     * The key of this state folder; a new one when there is none yet.
     *
     * @param now start of a new certificate's validity, less two days
     * @throws IdentityException when the file cannot be read, written, or is not what this method wrote
     */
    public static DeviceKey open(Path stateFolder, Instant now) {
        Path file = stateFolder.resolve(FILE);
        return PrivateFile.read(file).map(text -> parse(file, text)).orElseGet(() -> create(file, now));
    }

    private static DeviceKey create(Path file, Instant now) {
        KeyPair pair = P256.generate();
        X509Certificate certificate = CertificateMaker.selfSigned(pair, now);
        String key = new Pem(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()).text();
        PrivateFile.write(file, key + Certificates.pem(certificate));
        return new DeviceKey(pair.getPrivate(), certificate);
    }

    private static DeviceKey parse(Path file, String text) {
        try {
            List<Pem> blocks = Pem.parse(text);
            if (blocks.size() != 2
                    || !blocks.get(0).label().equals(Pem.PRIVATE_KEY)
                    || !blocks.get(1).label().equals(Pem.CERTIFICATE)) {
                throw new IdentityException(damaged(file, "it must hold one private key and one certificate"));
            }
            PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(blocks.get(0).der());
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(spec);
            X509Certificate certificate = Certificates.read(blocks.get(1).der());
            if (!P256.is(certificate.getPublicKey())) {
                throw new IdentityException(damaged(file, "its key is not a P-256 key"));
            }
            return new DeviceKey(key, certificate);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IdentityException(damaged(file, e.toString()), e);
        }
    }

    private static String damaged(Path file, String why) {
        return "the device key " + file + " is damaged (" + why
                + "); restore it, or delete it to become a new device, which must join its fleet again";
    }

    /** This device. */
    public DeviceId id() {
        return id;
    }

    /** The secret half. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The certificate that this device signed for itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A PKCS#10 certification request for this key, DER. */
    public byte[] certificationRequest() {
        return CertificateMaker.request(new KeyPair(certificate.getPublicKey(), privateKey));
    }

    /** The same as PEM. */
    public String certificationRequestPem() {
        return new Pem(Pem.CERTIFICATE_REQUEST, certificationRequest()).text();
    }
}
