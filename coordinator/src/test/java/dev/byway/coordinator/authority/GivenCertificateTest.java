package dev.byway.coordinator.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.coordinator.Coordinator;
import dev.byway.coordinator.CoordinatorConfig;
import dev.byway.coordinator.TestFleet;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.content.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The administrator's own certificate, of an authority that certifies others too: then the host's name has to be right. */
class GivenCertificateTest {
    private static final KeyPair CORPORATE = P256.generate();

    @TempDir
    Path folder;

    @Test
    void isShownAndPinnedAndHasToBeForTheHost() throws Exception {
        try (Coordinator coordinator = start("127.0.0.1", true)) {
            Digest pin = CertificateAuthority.pin(CORPORATE.getPublic());
            assertThat(coordinator.fleet().adminToken().authority()).isEqualTo(pin);
            try (FleetClient client = client(coordinator, pin)) {
                assertThat(client.health()).isNotNull();
            }
        }
        try (Coordinator coordinator = start("10.9.9.9", true);
                FleetClient client = client(coordinator, CertificateAuthority.pin(CORPORATE.getPublic()))) {
            assertThatThrownBy(client::health)
                    .isInstanceOf(CoordinatorUnreachableException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void withoutItsAuthorityIsRefusedAtTheStart() {
        assertThatThrownBy(() -> start("127.0.0.1", false))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining("tls.certificate");
    }

    private static FleetClient client(Coordinator coordinator, Digest pin) {
        return new FleetClient(new FleetAddress(coordinator.urls(), pin, Optional.empty()), new Credential.None());
    }

    private Coordinator start(String address, boolean withAuthority) throws Exception {
        KeyPair server = P256.generate();
        X509Certificate authority = maker(CORPORATE)
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .sign(CORPORATE.getPrivate());
        X509Certificate leaf = maker(server)
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .named(List.of(new GeneralName(GeneralName.iPAddress, address)))
                .sign(CORPORATE.getPrivate());
        Path certificates = folder.resolve("chain.pem");
        Files.writeString(certificates, KeyFile.pem(leaf) + (withAuthority ? KeyFile.pem(authority) : ""));
        Path key = folder.resolve("own.pem");
        new KeyFile(key).write(new KeyFile.Contents(server.getPrivate(), List.of(leaf)));
        return Coordinator.start(CoordinatorConfig.of(folder.resolve("state"), TestFleet.LOOPBACK, 0)
                .withTls(new CoordinatorConfig.Tls(certificates, key)));
    }

    private static CertificateMaker maker(KeyPair subject) {
        return new CertificateMaker(
                CertificateMaker.commonName("Corporate"),
                CORPORATE.getPublic(),
                subject.equals(CORPORATE) ? "Corporate" : "server",
                subject.getPublic(),
                Instant.now(),
                Duration.ofDays(30));
    }
}
