package dev.byway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackerTest {
    private static final byte[] FIRST = {10, 77, 0, 11};
    private static final byte[] SECOND = {10, 77, 0, (byte) 200};
    private static final String SWARM = "info_hash=%ff%00abc&peer_id=x&compact=1";

    private final Tracker tracker = new Tracker(new Random(1));

    @Test
    void namesOthersInSixBytesEach() {
        assertThat(announce(SWARM + "&port=6881&event=started", FIRST)).isEqualTo("d8:intervali10e5:peers0:e");
        assertThat(announce(SWARM + "&port=51413", SECOND)).isEqualTo("d8:intervali10e5:peers6:\12\115\0\13\32\341e");
        assertThat(announce(SWARM + "&port=6881", FIRST)).isEqualTo("d8:intervali10e5:peers6:\12\115\0\310\310\325e");
    }

    @Test
    void keepsSwarmsApartAndForgetsWhoStops() {
        announce(SWARM + "&port=6881", FIRST);
        assertThat(announce("info_hash=%ff%00abd&port=1", SECOND)).endsWith("5:peers0:e");
        announce(SWARM + "&port=6881&event=stopped", FIRST);
        assertThat(announce(SWARM + "&port=1", SECOND)).endsWith("5:peers0:e");
    }

    @Test
    void namesFiftyAtTheMost() {
        for (int port = 1; port <= 60; port++) {
            announce(SWARM + "&port=" + port, FIRST);
        }
        assertThat(announce(SWARM + "&port=6881", SECOND)).contains("5:peers300:");
    }

    @Test
    void refusesWhatIsNoAnnounce() {
        assertThat(announce("info_hash=a&port=x", FIRST))
                .startsWith("d14:failure reason26:")
                .endsWith(".e");
        assertThat(announce("port=1", FIRST)).startsWith("d14:failure reason");
        assertThat(announce(SWARM + "&port=1", new byte[16])).startsWith("d14:failure reason");
    }

    private String announce(String query, byte[] address) {
        return new String(tracker.answer(query, address), StandardCharsets.ISO_8859_1);
    }
}
