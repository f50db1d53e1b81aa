package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.loop.Loop;
import dev.byway.core.content.Visibility;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a download is told who may come: what it is told ends its wait for neighbours, or makes it longer. */
class AudienceTest {
    private final Audience audience = new Audience();
    private final Watching download = new Watching(new Visibility.Public());

    private void tell(int soon) {
        audience.tell(List.of(), List.of(), soon);
    }

    @Test
    void whereNobodyMayComeThatIsSaidAtOnce() {
        audience.add(download, List.of(), 0);
        assertThat(download.expected).containsExactly("0");
    }

    @Test
    void untilDiscoveryHasLookedNobodySaysThatNobodyMayCome() {
        audience.looking(Loop.now().plus(Duration.ofHours(1)));
        audience.add(download, List.of(), 0);
        tell(0);
        assertThat(download.expected).isEmpty();
        audience.looking(Loop.now());
        tell(1);
        tell(0);
        assertThat(download.expected).containsExactly("1", "0");
    }

    @Test
    void whoIsKnownToComeIsSaidAlsoBeforeDiscoveryHasLooked() {
        audience.looking(Loop.now().plus(Duration.ofHours(1)));
        audience.add(download, List.of(), 2);
        audience.meeting(true);
        tell(0);
        Watching later = new Watching(new Visibility.Public());
        audience.add(later, List.of(), 0);
        assertThat(download.expected).containsExactly("2", "0 and asking");
        assertThat(later.expected).containsExactly("0 and asking");
    }
}
