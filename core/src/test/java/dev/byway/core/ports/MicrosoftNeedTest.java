package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrosoftNeedTest {
    private static List<String> needs(DownloadMode mode) {
        return MicrosoftNeed.of(mode).stream().map(MicrosoftNeed::label).toList();
    }

    @Test
    void onlyThePeerPortComesIn() {
        assertThat(MicrosoftNeed.ALL)
                .filteredOn(need -> need.way() == Way.IN)
                .extracting(MicrosoftNeed::label)
                .containsExactly("peer-in");
    }

    @Test
    void teredoIsForModesAcrossNatsAndUdp() {
        assertThat(needs(DownloadMode.LAN)).doesNotContain("teredo", "teredo-peers");
        assertThat(needs(DownloadMode.GROUP)).contains("teredo", "teredo-peers");
        assertThat(needs(DownloadMode.INTERNET)).isEqualTo(needs(DownloadMode.GROUP));
        assertThat(MicrosoftNeed.ALL)
                .filteredOn(need -> need.port().equals(new PortNumber.One(3544)))
                .extracting(MicrosoftNeed::transport)
                .containsOnly(Transport.UDP);
    }

    @Test
    void withoutPeersOnlyHttpIsLeft() {
        assertThat(needs(DownloadMode.HTTP_ONLY)).containsExactly("services", "content", "content-tls", "cache");
        assertThat(needs(DownloadMode.SIMPLE)).containsExactly("content", "content-tls", "cache");
        assertThat(needs(DownloadMode.BYPASS)).containsExactly("content", "content-tls");
    }

    @Test
    void everyRowAndEveryCorrectionNamesItsSource() {
        assertThat(MicrosoftNeed.ALL).allMatch(need -> need.source().startsWith("https://"));
        assertThat(MicrosoftNeed.ALL).extracting(MicrosoftNeed::label).doesNotHaveDuplicates();
        assertThat(MicrosoftAdvice.ALL).allMatch(advice -> advice.source().startsWith("https://"));
    }

    @Test
    void theCorrectionsAreThoseOfCommonAdvice() {
        assertThat(MicrosoftAdvice.ALL)
                .extracting(MicrosoftAdvice::wrong)
                .satisfiesExactlyInAnyOrder(
                        wrong -> assertThat(wrong).contains("443 inbound"),
                        wrong -> assertThat(wrong).contains("3544", "LAN"),
                        wrong -> assertThat(wrong).contains("TCP 3544"),
                        wrong -> assertThat(wrong).contains("nothing else"));
    }
}
