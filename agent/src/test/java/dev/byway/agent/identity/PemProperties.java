package dev.byway.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class PemProperties {
    @Property
    void readsWhatItWrites(@ForAll @Size(max = 300) byte[] der, @ForAll @Size(max = 300) byte[] other) {
        String text = "explanation\n" + new Pem(Pem.CERTIFICATE, der).text() + new Pem(Pem.PRIVATE_KEY, other).text();
        List<Pem> blocks = Pem.parse(text);
        assertThat(blocks).extracting(Pem::label).containsExactly(Pem.CERTIFICATE, Pem.PRIVATE_KEY);
        assertThat(blocks.get(0).der()).isEqualTo(der);
        assertThat(blocks.get(1).der()).isEqualTo(other);
    }

    @Property
    void anyTextIsBlocksOrTheOneError(@ForAll String text) {
        String framed = "-----BEGIN CERTIFICATE-----" + text + "-----END CERTIFICATE-----";
        try {
            assertThat(Pem.parse(framed).size()).isLessThanOrEqualTo(1);
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }
}
