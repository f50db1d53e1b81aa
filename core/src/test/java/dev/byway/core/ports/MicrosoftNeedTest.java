package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MicrosoftNeedTest {
    private static List<MicrosoftNeed> needs(DownloadMode mode) {
        return Stream.of(MicrosoftNeed.values())
                .filter(need -> need.modes().include(mode))
                .toList();
    }

    @Test
    void onlyThePeerPortComesIn() {
        assertThat(MicrosoftNeed.values())
                .filteredOn(need -> need.way() == Way.IN)
                .containsExactly(MicrosoftNeed.PEER_IN);
    }

    @Test
    void teredoIsForModesAcrossNatsAndUdp() {
        assertThat(needs(DownloadMode.LAN)).doesNotContain(MicrosoftNeed.TEREDO, MicrosoftNeed.TEREDO_PEERS);
        assertThat(needs(DownloadMode.GROUP)).contains(MicrosoftNeed.TEREDO, MicrosoftNeed.TEREDO_PEERS);
        assertThat(MicrosoftNeed.values())
                .filteredOn(need -> need.port().equals("3544"))
                .extracting(MicrosoftNeed::transport)
                .containsOnly(Transport.UDP);
    }

    @Test
    void withoutPeersOnlyHttpIsLeft() {
        assertThat(needs(DownloadMode.HTTP_ONLY))
                .containsExactly(MicrosoftNeed.SERVICES, MicrosoftNeed.CONTENT, MicrosoftNeed.CONTENT_TLS);
        assertThat(needs(DownloadMode.SIMPLE)).containsExactly(MicrosoftNeed.CONTENT, MicrosoftNeed.CONTENT_TLS);
    }

    @Test
    void everyRowAndEveryCorrectionNamesItsSource() {
        assertThat(MicrosoftNeed.values()).allMatch(need -> need.source().startsWith("https://"));
        assertThat(MicrosoftAdvice.values()).allMatch(advice -> advice.source().startsWith("https://"));
    }
}
