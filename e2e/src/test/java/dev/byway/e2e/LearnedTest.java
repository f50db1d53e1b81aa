package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody published, in a fleet whose coordinator fetches them once to know them: one copy for it, and one to share. */
@Tag("netns")
@Tag("alone")
class LearnedTest {
    private static final int LENGTH = 50 << 20;
    private static final int WARM_UP = 8 << 20;
    private static final int AT_ONCE = 5;
    private static final Lab.Speed SPEED = new Lab.Speed(1000, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private static PublishedFile plain(Office office, String name, int length) throws Exception {
        Path path = Files.write(office.origin().file(name), PublishedFile.bytes(name, length));
        return new PublishedFile(name, office.origin().url(name), path, length);
    }

    private static PublishedFile listed(Office office, String name) throws Exception {
        byte[] content = PublishedFile.bytes(name, LENGTH);
        return PublishedFile.listed(office.origin(), name, content, Digest.sha256(content));
    }

    private static List<Fetched> all(List<Device> devices, PublishedFile file) throws Exception {
        List<Running> gets = devices.stream().map(device -> device.get(file)).toList();
        List<Fetched> all = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            all.add(Fetched.await(devices.get(i), file, gets.get(i), PATIENCE));
        }
        return all;
    }

    /** Where word comes late because the processors are busy, devices fetch beside each other for a while. */
    private static void assertFewCopies(Office office, List<Device> devices, PublishedFile file) throws Exception {
        Processors before = Processors.now();
        List<Fetched> all = all(devices, file);
        Processors after = Processors.now();
        double copies = office.origin().sent(file.name()) / (double) LENGTH;
        all.forEach(each -> System.out.printf("%.2f s: %s%n", each.seconds(), each.report()));
        System.out.printf("%s: %d at once: %.3f copies; %s%n", file.name(), AT_ONCE, copies, after.since(before));
        assertThat(copies)
                .as("%s", devices.getLast().why(file))
                .isLessThanOrEqualTo(after.boundSince(before) ? 2.5 : 2.1);
    }

    @Test
    void oneCopyForTheCoordinatorAndOneToShare() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet(
                        "learn.origins=" + Lab.ORIGIN,
                        "origin.ca=" + office.origin().authority())) {
            List<Device> devices = office.devices(AT_ONCE);
            fleet.admit(devices);
            Device first = devices.getFirst();
            Device second = devices.get(1);
            first.startAgent();
            PublishedFile alone = plain(office, "alone.iso", LENGTH / 2);
            Fetched went = Fetched.await(first, alone, first.get(alone), PATIENCE);
            System.out.printf("alone: %.2f s, %s%n", went.seconds(), went.report());
            assertThat(went.report().path("contentId").asString())
                    .as("what had come went on as a content")
                    .isNotEmpty();
            assertThat(went.origin()).isEqualTo(alone.length());

            Office.start(devices.subList(1, AT_ONCE));
            Fetched next = Fetched.await(second, alone, second.get(alone), PATIENCE);
            System.out.printf("second: %.2f s, %s%n", next.seconds(), next.report());
            assertThat(next.lan()).isEqualTo(alone.length());
            System.out.printf(
                    "alone and second: %.3f copies%n", office.origin().sent(alone.name()) / (double) alone.length());
            all(devices, plain(office, "warm-up.bin", WARM_UP));

            PublishedFile listed = listed(office, "listed.iso");
            assertFewCopies(office, devices, listed);

            PublishedFile unknown = plain(office, "unknown.iso", LENGTH);
            assertFewCopies(office, devices, unknown);
            assertThat(devices)
                    .anyMatch(device -> device.why(unknown).toString().contains("BEING_LEARNED"));

            Files.write(unknown.path(), PublishedFile.bytes("another version", LENGTH));
            Fetched changed = Fetched.await(
                    devices.getFirst(), unknown, devices.getFirst().get(unknown), PATIENCE);
            System.out.printf("changed: %.2f s, %s%n", changed.seconds(), changed.report());
            assertThat(Files.mismatch(devices.getFirst().fetched(unknown), unknown.path()))
                    .isEqualTo(-1);
        }
    }
}
