package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The least cap that Delivery Optimization knows, nearly used up: a device serves another site until it is reached, and its own
 * site afterwards, also when it was killed in between.
 */
@Tag("netns")
class MonthlyCapTest {
    private static final long CAP = 1L << 30;
    private static final int LEFT = 4 << 20;
    private static final int LENGTH = 24 << 20;
    private static final int SLOTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private void seed(String device) throws IOException {
        Path file = Files.createDirectories(home.resolve(device)).resolve("uploads.json");
        Files.writeString(
                file,
                "{\"month\":\"%s\",\"bytes\":%d,\"assumed\":false}"
                        .formatted(YearMonth.now(ZoneId.systemDefault()), CAP - LEFT));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static long internet(Fetched fetched) {
        return fetched.report().path("sources").path("internet").asLong();
    }

    private static Fetched fetch(Device device, PublishedFile file) throws IOException {
        return Fetched.await(device, file, device.get(file), PATIENCE);
    }

    private static long used(Device device) {
        JsonNode monthly = device.status().path("monthlyUpload");
        assertThat(monthly.path("cap").asLong()).isEqualTo(CAP);
        assertThat(monthly.path("assumed").asBoolean()).isFalse();
        return monthly.path("bytes").asLong();
    }

    @Test
    void anotherSiteIsServedUntilTheCapAndTheOwnSiteBeyondIt() throws Exception {
        seed("s1h1");
        try (Sites sites = Sites.open(home, 2, NatType.FULL_CONE, NatType.FULL_CONE)) {
            sites.start("DOMonthlyUploadDataCap=1");
            Device holder = sites.devices().get(0);
            Device beside = sites.devices().get(1);
            Device elsewhere = sites.devices().get(2);
            PublishedFile file = sites.publish("file.bin", LENGTH);
            fetch(holder, file);
            assertThat(used(holder)).isEqualTo(CAP - LEFT);

            // So that the cap is what ends it, and not an origin that had the whole file out before.
            sites.lab().thinOrigin(10);
            Fetched cut = fetch(elsewhere, file);
            sites.lab().thinOrigin(1000);
            long given = used(holder) - (CAP - LEFT);
            System.out.println("given to the other site: " + given + " of " + LEFT + " left; " + cut.report());
            assertThat(internet(cut)).isBetween(1L, (long) LEFT + SLOTS * (1 << 20));
            assertThat(given).isBetween((long) LEFT, (long) LEFT + SLOTS * (1 << 20));
            String why = elsewhere.why(file).path("reasons").toString();
            assertThat(why).contains("PEER_REFUSED", "DOMonthlyUploadDataCap");

            assertThat(fetch(beside, file).lan()).isGreaterThan(LENGTH / 2);
            assertThat(used(holder)).isEqualTo(CAP - LEFT + given);

            sites.agents().get(0).kill();
            Running again = holder.startAgent();
            assertThat(used(holder)).isBetween(CAP - LEFT + given, CAP - LEFT + given + CAP / 64);
            Running status = holder.run("status");
            assertThat(status.awaitEnd(PATIENCE)).isZero();
            System.out.println(status.output());
            assertThat(status.output()).contains("of 1 GB in " + YearMonth.now(ZoneId.systemDefault()));
            PublishedFile next = sites.publish("next.bin", LENGTH);
            fetch(holder, next);
            assertThat(internet(fetch(elsewhere, next))).isZero();
            assertThat(again.errors()).doesNotContain("uploads.json");
        }
    }
}
