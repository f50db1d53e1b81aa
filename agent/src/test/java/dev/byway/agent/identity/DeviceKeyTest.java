package dev.byway.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.fleet.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path state;

    @Test
    void isTheSameDeviceAfterARestart() {
        DeviceKey first = DeviceKey.open(state, NOW);
        DeviceKey again = DeviceKey.open(state, NOW.plus(Duration.ofDays(100)));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.certificate()).isEqualTo(first.certificate());
        assertThat(again.privateKey()).isEqualTo(first.privateKey());
    }

    @Test
    void isNamedByItsPublicKey() {
        DeviceKey key = DeviceKey.open(state, NOW);
        assertThat(key.id())
                .isEqualTo(DeviceId.ofPublicKey(key.certificate().getPublicKey().getEncoded()));
    }

    @Test
    void certificateIsSelfSignedAndOutlivesWrongClocks() throws Exception {
        DeviceKey key = DeviceKey.open(state, NOW);
        key.certificate().verify(key.certificate().getPublicKey());
        assertThat(key.certificate().getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(2)));
        assertThat(key.certificate().getNotAfter().toInstant()).isAfter(NOW.plus(Duration.ofDays(3650)));
    }

    @Test
    void privateKeyIsTheCertificatesKey() throws Exception {
        DeviceKey key = DeviceKey.open(state, NOW);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key.privateKey());
        signing.update((byte) 7);
        Signature checking = Signature.getInstance("SHA256withECDSA");
        checking.initVerify(key.certificate());
        checking.update((byte) 7);
        assertThat(checking.verify(signing.sign())).isTrue();
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws Exception {
        DeviceKey.open(state, NOW);
        Path file = state.resolve(DeviceKey.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> DeviceKey.open(state, NOW))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aDamagedFileIsNeverReplacedSilently() throws Exception {
        DeviceKey.open(state, NOW);
        Path file = state.resolve(DeviceKey.FILE);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 3}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> DeviceKey.open(state, NOW))
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining(file.toString());
            assertThat(Files.size(file)).isEqualTo(length);
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws Exception {
        DeviceKey.open(state, NOW);
        Files.write(state.resolve(DeviceKey.FILE), new byte[PrivateFile.LIMIT + 1]);
        assertThatThrownBy(() -> DeviceKey.open(state, NOW))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void saysWhatToDoWhenTheFolderCannotBeWritten() {
        assertThatThrownBy(() -> DeviceKey.open(state.resolve("missing"), NOW))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("is the state folder writable");
    }

    @Test
    void requestsACertificateForExactlyItsKeyAndProvesIt() throws Exception {
        DeviceKey key = DeviceKey.open(state, NOW);
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(key.certificationRequest());
        assertThat(DeviceId.ofPublicKey(request.getSubjectPublicKeyInfo().getEncoded()))
                .isEqualTo(key.id());
        assertThat(request.isSignatureValid(
                        new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())))
                .isTrue();
        assertThat(key.certificationRequestPem())
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
                .endsWith("-----END CERTIFICATE REQUEST-----\n");
    }

    @Test
    void bouncyCastleIsNeverAProvider() {
        DeviceKey.open(state, NOW).certificationRequest();
        assertThat(Security.getProviders())
                .noneMatch(provider -> provider.getName().startsWith("BC"));
    }
}
