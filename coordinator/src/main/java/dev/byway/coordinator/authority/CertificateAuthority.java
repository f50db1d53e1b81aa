package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetName;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * The fleet's certification authority: one P-256 key, made at first start and kept with its certificate in {@code ca.pem} of
 * the state folder, readable by its owner only. Whoever copies that file is the fleet.
 *
 * <p>It certifies only what was proved to it: a device's certificate holds the key that signed the request and the groups
 * that the token granted, and nothing that the request asks for. The coordinator's certificate is the only one that is named
 * {@link FleetName.Coordinator} or by addresses, and the only one without the right to be a client; so neither can stand in
 * for the other. Immutable; any thread.
 */
public final class CertificateAuthority {
    /** How long a device's certificate is valid. */
    public static final Duration DEVICE_LIFE = Duration.ofDays(365);

    /** How long the coordinator's own certificate is valid. */
    public static final Duration SERVER_LIFE = Duration.ofDays(730);

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365);
    private static final String FILE = "ca.pem";

    private final PrivateKey key;
    private final X509Certificate certificate;

    private CertificateAuthority(KeyFile.Contents contents) {
        this.key = contents.key();
        this.certificate = contents.chain().getFirst();
    }

    /**
     * The authority of this state folder; a new one when there is none yet.
     *
     * @throws CoordinatorException when its file cannot be read or written
     */
    public static CertificateAuthority open(Path folder, Instant now) {
        KeyFile file = new KeyFile(folder.resolve(FILE));
        CertificateAuthority authority = new CertificateAuthority(file.read().orElseGet(() -> create(file, now)));
        authority.requireOwnSignature(folder.resolve(FILE));
        return authority;
    }

    private static KeyFile.Contents create(KeyFile file, Instant now) {
        KeyPair pair = P256.generate();
        String name = "Byway fleet " + pin(pair.getPublic()).toString().substring(0, 8);
        X500Name issuer = CertificateMaker.commonName(name);
        X509Certificate own = new CertificateMaker(
                        issuer, pair.getPublic(), name, pair.getPublic(), now, AUTHORITY_LIFE)
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .sign(pair.getPrivate());
        KeyFile.Contents contents = new KeyFile.Contents(pair.getPrivate(), List.of(own));
        file.write(contents);
        return contents;
    }

    private void requireOwnSignature(Path file) {
        try {
            certificate.verify(certificate.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CoordinatorException(file + " is damaged: its certificate is not its own; restore the file", e);
        }
    }

    /** What devices recognize the fleet by. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The certificate in PEM. */
    public String pem() {
        return KeyFile.pem(certificate);
    }

    /** What a join token pins: the SHA-256 of the SubjectPublicKeyInfo. */
    public Digest pin() {
        return pin(certificate.getPublicKey());
    }

    /** The pin of another authority's key. */
    public static Digest pin(PublicKey key) {
        return Digest.sha256(key.getEncoded());
    }

    /** A certificate for a device that has proved this key, in PEM. */
    public String certify(PublicKey deviceKey, List<AccessGroup> groups, Instant now) {
        DeviceId device = DeviceId.ofPublicKey(deviceKey.getEncoded());
        List<GeneralName> names = Stream.concat(
                        Stream.<FleetName>of(new FleetName.Device(device)),
                        groups.stream().map(FleetName.Member::new))
                .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, name.uri()))
                .toList();
        KeyPurposeId[] both = {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth};
        return KeyFile.pem(leaf(device.toString(), deviceKey, now, DEVICE_LIFE, both)
                .named(names)
                .sign(key));
    }

    /** A certificate for the coordinator's own key. */
    X509Certificate certifyServer(PublicKey serverKey, List<GeneralName> addresses, Instant now) {
        List<GeneralName> names = new ArrayList<>(addresses);
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, new FleetName.Coordinator().uri()));
        return leaf("Byway coordinator", serverKey, now, SERVER_LIFE, KeyPurposeId.id_kp_serverAuth)
                .named(names)
                .sign(key);
    }

    private CertificateMaker leaf(
            String name, PublicKey subject, Instant now, Duration life, KeyPurposeId... purposes) {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new CertificateMaker(issuer, certificate.getPublicKey(), name, subject, now, life)
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }
}
