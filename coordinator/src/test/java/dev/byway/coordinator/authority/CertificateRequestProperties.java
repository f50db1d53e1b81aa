package dev.byway.coordinator.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

class CertificateRequestProperties {
    private static final KeyPair PAIR = P256.generate();
    private static final byte[] GOOD = request(PAIR, PAIR, "SHA256withECDSA");

    @Example
    void aRequestSignedWithItsOwnKeyProvesIt() {
        assertThat(CertificateRequest.verify(GOOD))
                .hasValueSatisfying(proof -> assertThat(proof.key()).isEqualTo(PAIR.getPublic()));
    }

    @Example
    void aRequestForTheKeyOfSomebodyElseProvesNothing() {
        assertThat(CertificateRequest.verify(request(PAIR, P256.generate(), "SHA256withECDSA")))
                .isEmpty();
    }

    @Example
    void keysOfOtherKindsAreNotCertified() throws GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair pair = rsa.generateKeyPair();
        assertThat(CertificateRequest.verify(request(pair, pair, "SHA256withRSA")))
                .isEmpty();
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(384);
        KeyPair larger = curve.generateKeyPair();
        assertThat(CertificateRequest.verify(request(larger, larger, "SHA256withECDSA")))
                .isEmpty();
    }

    @Property(tries = 500)
    void anyBytesAreAProofOrNone(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(CertificateRequest.verify(bytes)).isEmpty();
    }

    @Property(tries = 500)
    void aDamagedRequestNeverProvesAnotherKey(@ForAll int at, @ForAll byte with, @ForAll boolean cut) {
        byte[] bytes = GOOD.clone();
        int place = Math.floorMod(at, bytes.length);
        bytes[place] = with;
        Optional<CertificateRequest> proof = CertificateRequest.verify(cut ? Arrays.copyOf(bytes, place) : bytes);
        assertThat(proof.map(CertificateRequest::key).filter(key -> !key.equals(PAIR.getPublic())))
                .isEmpty();
    }

    private static byte[] request(KeyPair named, KeyPair signer, String algorithm) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), named.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
