package dev.byway.coordinator.authority;

import dev.byway.coordinator.failure.CoordinatorException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The one kind of key that devices and the authority have: ECDSA on NIST P-256. */
final class P256 {
    /** DER of a SubjectPublicKeyInfo up to the point: RFC 5480 section 2, named curve, uncompressed. */
    private static final byte[] HEAD =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int BYTES = 91;

    private P256() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new CoordinatorException("this Java runtime has no P-256 keys; use a full JDK 25", e);
        }
    }

    /** The key with this SubjectPublicKeyInfo in DER, if it is one of this kind and a point of the curve. */
    static Optional<PublicKey> read(byte[] der) {
        if (der.length != BYTES || !Arrays.equals(der, 0, HEAD.length, HEAD, 0, HEAD.length)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
