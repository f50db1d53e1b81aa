package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that nobody published, at an origin that lists its SHA-256: neighbours share it, without any service. */
@Tag("netns")
class UnpublishedTest {
    private static final int LENGTH = 50 << 20;
    private static final int WARM_UP = 8 << 20;
    private static final int AT_ONCE = 5;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Lab.Speed SPEED = new Lab.Speed(1000, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private static PublishedFile put(Office office, String name, int length) throws IOException {
        byte[] content = PublishedFile.bytes(name, length);
        return PublishedFile.listed(office.origin(), name, content, Digest.sha256(content));
    }

    @Test
    void theSecondDeviceTakesItFromTheFirstAndOfManyOneFetchesIt() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile first = put(office, "first.iso", LENGTH);
            PublishedFile second = put(office, "second.iso", LENGTH);
            List<Device> devices = office.devices(AT_ONCE);
            Office.start(devices);
            PublishedFile warmUp = put(office, "warm-up.iso", WARM_UP);
            end(devices, warmUp, begin(devices, warmUp));

            Device one = devices.getFirst();
            Fetched alone = Fetched.await(one, first, one.get(first), PATIENCE);
            System.out.printf("alone: %.2f s, %s%n", alone.seconds(), alone.report());
            assertThat(alone.origin()).isEqualTo(LENGTH);

            Device other = devices.getLast();
            Fetched later = Fetched.await(other, first, other.get(first), PATIENCE);
            System.out.printf("second device: %.2f s, %s%n%s%n", later.seconds(), later.report(), other.why(first));
            assertThat(later.lan()).as("%s", other.why(first)).isGreaterThanOrEqualTo(LENGTH / 100 * 99L);
            assertThat(office.origin().sent(first.name())).isLessThanOrEqualTo(LENGTH / 100 * 102L);

            List<Running> gets = begin(devices, second);
            while (gets.stream().allMatch(Running::isAlive)) {
                Thread.sleep(POLL);
            }
            Processors fetched = Processors.now();
            List<Fetched> all = end(devices, second, gets);
            Processors after = Processors.now();
            double copies = office.origin().sent(second.name()) / (double) LENGTH;
            all.forEach(each -> System.out.printf(
                    "%.2f s: %s%n", each.seconds(), each.report().path("reasons")));
            double last = all.stream().mapToDouble(Fetched::seconds).max().orElseThrow();
            System.out.printf(
                    "%d at once: %.3f copies, the last after %.2f s = %.2f × one alone; after the first had it: %s%n",
                    AT_ONCE, copies, last, last / alone.seconds(), after.since(fetched));
            assertThat(copies).as("%s", devices.getLast().why(second)).isLessThanOrEqualTo(1.2);
            if (!after.boundSince(fetched)) {
                assertThat(last).isLessThanOrEqualTo(1.3 * alone.seconds());
            }
        }
    }

    /** All of them have begun to fetch it by then. */
    @Test
    void whoLearnsTheDigestLateGivesWay() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = put(office, "late/late.iso", LENGTH / 2);
            List<Device> devices = office.devices(3);
            Office.start(devices);

            List<Fetched> all = end(devices, file, begin(devices, file));

            double copies = office.origin().sent(file.name()) / (double) file.length();
            all.forEach(each -> System.out.printf("%.2f s: %s%n", each.seconds(), each.report()));
            System.out.printf("learned late, 3 at once: %.3f copies%n", copies);
            assertThat(copies).isLessThanOrEqualTo(1.4);
            assertThat(all.stream().filter(each -> each.lan() > 0)).hasSize(2);
        }
    }

    private static List<Running> begin(List<Device> devices, PublishedFile file) {
        return devices.stream().map(device -> device.get(file)).toList();
    }

    private static List<Fetched> end(List<Device> devices, PublishedFile file, List<Running> gets) throws IOException {
        List<Fetched> all = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            all.add(Fetched.await(devices.get(i), file, gets.get(i), PATIENCE));
        }
        return all;
    }
}
