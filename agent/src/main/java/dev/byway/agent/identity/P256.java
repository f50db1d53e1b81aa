package dev.byway.agent.identity;

import dev.byway.core.fleet.DeviceId;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The one kind of key that devices and fleet CAs have: ECDSA on NIST P-256. */
final class P256 {
    /** DER of a P-256 SubjectPublicKeyInfo up to the point: RFC 5480, section 2, named curve, uncompressed. */
    private static final byte[] PUBLIC_KEY_HEAD =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int PUBLIC_KEY_BYTES = 91;

    private P256() {}

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IdentityException(
                    "this Java runtime has no P-256 keys; use a full JDK 25 (module jdk.crypto.ec)", e);
        }
    }

    static boolean is(PublicKey key) {
        byte[] der = key.getEncoded();
        return der != null
                && der.length == PUBLIC_KEY_BYTES
                && Arrays.equals(der, 0, PUBLIC_KEY_HEAD.length, PUBLIC_KEY_HEAD, 0, PUBLIC_KEY_HEAD.length);
    }

    static DeviceId id(PublicKey key) {
        return DeviceId.ofPublicKey(key.getEncoded());
    }
}
