package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of the internet that sends devices into their own network. */
@Tag("netns")
class RedirectTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @Test
    void aRedirectFromTheInternetIntoTheOfficeIsNotFollowed() {
        try (Office office = Office.open(home, new Lab.Speed(100, 50))) {
            Device device = office.device();
            Running get = device.run(
                    "get",
                    office.origin().inward().toString(),
                    "-o",
                    home.resolve("got").toString());
            assertThat(get.awaitEnd(PATIENCE)).isEqualTo(1);
            System.out.println("a redirect inward: " + get.errors().strip());
            assertThat(get.errors()).contains("11.200.1.2 (global)", "10.77.0.1 (private)", "leads inward");
        }
    }
}
