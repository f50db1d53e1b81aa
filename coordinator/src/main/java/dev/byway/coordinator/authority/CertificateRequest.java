package dev.byway.coordinator.authority;

import dev.byway.core.fleet.DeviceId;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A key that its owner has proved to hold, by the signature of a certificate request (PKCS #10, RFC 2986). Whatever else
 * the request asks for (names, extensions) is not even looked at.
 *
 * @param key a P-256 key
 */
public record CertificateRequest(PublicKey key) {
    /** Whose key it is. */
    public DeviceId device() {
        return DeviceId.ofPublicKey(key.getEncoded());
    }

    /**
     * The request with this DER; empty when it is none, is for another kind of key, or is not signed with its own key. The
     * parser throws whatever a malformed structure leads it to, so every one of its exceptions means "none".
     */
    public static Optional<CertificateRequest> verify(byte[] der) {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            Optional<PublicKey> key =
                    P256.read(request.getSubjectPublicKeyInfo().getEncoded());
            return key.isPresent() && request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key.get()))
                    ? Optional.of(new CertificateRequest(key.get()))
                    : Optional.empty();
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
