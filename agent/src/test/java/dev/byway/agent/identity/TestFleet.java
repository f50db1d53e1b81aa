package dev.byway.agent.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A fleet's CA, as a coordinator has one, for tests. */
public final class TestFleet {
    private final KeyPair key = P256.generate();
    private final X500Name name;
    private final X509Certificate ca;

    public TestFleet(String name) {
        this.name = new X500Name("CN=" + name);
        this.ca = issue(
                this.name, this.name, key.getPublic(), key, Instant.EPOCH, Duration.ofDays(36_500), true, List.of());
    }

    public X509Certificate ca() {
        return ca;
    }

    /**
     * A certificate for {@code device} that is valid for 30 days from {@code from}.
     *
     * @param groups names of groups, or whole URIs
     */
    public FleetCredentials enrol(DeviceKey device, Instant from, String... groups) {
        X500Name subject = new X500Name("CN=" + device.id());
        PublicKey publicKey = device.certificate().getPublicKey();
        return new FleetCredentials(
                List.of(issue(name, subject, publicKey, key, from, Duration.ofDays(30), false, List.of(groups))), ca);
    }

    /** A certificate that this CA signed, with which its holder signs more: an intermediate. */
    FleetCredentials enrolBelow(DeviceKey middle, boolean middleIsCa, DeviceKey device, Instant from) {
        X500Name middleName = new X500Name("CN=" + middle.id());
        KeyPair middleKey = new KeyPair(middle.certificate().getPublicKey(), middle.privateKey());
        Duration month = Duration.ofDays(30);
        X509Certificate middleCertificate =
                issue(name, middleName, middleKey.getPublic(), key, from, month, middleIsCa, List.of());
        X509Certificate leaf = issue(
                middleName,
                new X500Name("CN=" + device.id()),
                device.certificate().getPublicKey(),
                middleKey,
                from,
                month,
                false,
                List.of("everything"));
        return new FleetCredentials(List.of(leaf, middleCertificate), ca);
    }

    private static X509Certificate issue(
            X500Name issuer,
            X500Name subject,
            PublicKey publicKey,
            KeyPair signer,
            Instant from,
            Duration validity,
            boolean isCa,
            List<String> groups) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                    Date.from(from),
                    Date.from(from.plus(validity)),
                    subject,
                    publicKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            if (!isCa) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                }));
            }
            if (!groups.isEmpty()) {
                List<GeneralName> names = new ArrayList<>();
                groups.forEach(group -> names.add(new GeneralName(
                        GeneralName.uniformResourceIdentifier, group.contains(":") ? group : "byway:group:" + group)));
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return Certificates.read(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
                            .getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
