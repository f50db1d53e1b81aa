package dev.byway.core.content;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) by the JDK, with keys in their raw form of 32 bytes. */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private static final String NAME = "Ed25519";

    /** What RFC 8410 puts before the raw key in a SubjectPublicKeyInfo. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /**
     * The key with these 32 bytes.
     *
     * @throws KeyFormatException when they are not a point of the curve
     */
    static PublicKey publicKey(byte[] raw) {
        byte[] spki =
                ByteBuffer.allocate(SPKI.length + KEY_BYTES).put(SPKI).put(raw).array();
        try {
            PublicKey key = factory().generatePublic(new X509EncodedKeySpec(spki));
            signature().initVerify(key);
            return key;
        } catch (GeneralSecurityException _) {
            throw new KeyFormatException("these 32 bytes are not an Ed25519 public key");
        }
    }

    static byte[] raw(PublicKey key) {
        byte[] spki = key.getEncoded();
        return Arrays.copyOfRange(spki, spki.length - KEY_BYTES, spki.length);
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = signature();
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs anything", e);
        }
    }

    /**
     * The key pair of a secret of 32 bytes. The JDK derives a public key only while it generates a pair, so it is given the
     * secret as the randomness that it asks for, and is checked to have taken it.
     */
    static KeyPair fromSecret(byte[] secret) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(secret));
            KeyPair pair = generator.generateKeyPair();
            byte[] encoded = pair.getPrivate().getEncoded();
            if (!Arrays.equals(secret, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length))) {
                throw new IllegalStateException(
                        "this Java makes Ed25519 keys in another way; please report its version");
            }
            return pair;
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw noEd25519(e);
        }
    }

    static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(NAME);
        } catch (NoSuchAlgorithmException e) {
            throw noEd25519(e);
        }
    }

    private static Signature signature() throws NoSuchAlgorithmException {
        return Signature.getInstance(NAME);
    }

    private static IllegalStateException noEd25519(GeneralSecurityException cause) {
        return new IllegalStateException("this Java has no Ed25519: use JDK 25 with its own providers", cause);
    }

    /** Not random at all: gives out the secret, once. */
    private static final class Fixed extends SecureRandom {
        private final byte[] secret;

        Fixed(byte[] secret) {
            this.secret = secret.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            ByteBuffer.wrap(bytes).put(secret, 0, bytes.length);
        }
    }
}
