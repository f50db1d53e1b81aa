package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole agents on loopback addresses of their own that refuse each other, and what each says of it. */
class GatesTest {
    private static final String FIRST = "127.0.79.1";
    private static final String SECOND = "127.0.79.2";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(home);
        site.publish();
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    private Agent agent(Path machine, String address, String... settings) {
        List<String> all = new ArrayList<>(
                List.of("DODownloadMode=1", "lan.discovery=on", "peer.address=" + address, "peer.port=7680"));
        all.addAll(List.of(settings));
        return site.agent(machine, address, all.toArray(String[]::new));
    }

    private Path machine(String name, int plugged, int charge) throws IOException {
        Path root = home.resolve(name);
        supply(root, "AC", "type", "Mains", "online", Integer.toString(plugged));
        supply(root, "BAT0", "type", "Battery", "status", "Unknown", "capacity", Integer.toString(charge));
        return root;
    }

    private static void supply(Path root, String name, String... files) throws IOException {
        Path folder =
                Files.createDirectories(root.resolve("sys/class/power_supply").resolve(name));
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1] + "\n");
        }
    }

    private JobStatus fetch(Agent agent) throws InterruptedException {
        JobStatus status = Site.fetch(agent, JobRequest.of(site.url()));
        assertThat(status.state()).as("%s", status).isEqualTo(JobStatus.State.DONE);
        return status;
    }

    /** As soon as the download that is over has let go of it. */
    private static void remove(Agent agent) throws InterruptedException {
        ContentId content = agent.status().contents().getFirst().id();
        await(() -> agent.cache().remove(content) == CacheControl.Outcome.DONE);
    }

    private JobStatus fetchAgain(Agent agent) {
        try {
            remove(agent);
            return fetch(agent);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
            Thread.sleep(20);
        }
    }

    private static Reason only(JobStatus status, ReasonCode code) {
        return status.reasons().stream()
                .filter(reason -> reason.code() == code)
                .reduce((a, b) -> {
                    throw new AssertionError("two reasons of one kind: " + a + " and " + b);
                })
                .orElseThrow(() -> new AssertionError(code + " is not among " + status.reasons()));
    }

    @Test
    void whoRunsOnBatteryTakesAndDoesNotGiveAndSaysSoUntilItIsPluggedIn() throws Exception {
        Path laptop = machine("laptop", 0, 40);
        try (Agent first = agent(laptop, FIRST);
                Agent second = agent(home, SECOND)) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            JobStatus status = fetch(second);
            assertThat(status.accounts().sources().origin()).isEqualTo(Site.LENGTH);
            assertThat(only(status, ReasonCode.PEER_REFUSED))
                    .satisfies(r -> assertThat(r.source()).isEqualTo(FIRST + ":7680"))
                    .satisfies(r -> assertThat(r.detail()).isEqualTo("it runs on battery"))
                    .satisfies(r -> assertThat(r.setting()).hasValue("DOMinBatteryPercentageAllowedToUpload"));
            supply(laptop, "AC", "online", "1");
            JobStatus[] last = {status};
            await(() -> {
                last[0] = fetchAgain(second);
                return last[0].accounts().sources().lan() == Site.LENGTH;
            });
            // That one may have begun before the neighbour looked at its supply again; none that follows has.
            JobStatus next = fetchAgain(second);
            assertThat(next.accounts().sources().lan()).isEqualTo(Site.LENGTH);
            assertThat(next.reasons()).extracting(Reason::code).doesNotContain(ReasonCode.PEER_REFUSED);
        }
    }

    @Test
    void aBatteryThatIsFullEnoughIsNoReason() throws Exception {
        Path laptop = machine("laptop", 0, 40);
        try (Agent first = agent(laptop, FIRST, "DOMinBatteryPercentageAllowedToUpload=40");
                Agent second = agent(laptop, SECOND)) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            assertThat(fetch(second).accounts().sources().lan()).isEqualTo(Site.LENGTH);
        }
    }

    @Test
    void whatNeighboursOnlyHaveOpenCanBeRemovedAndIsNotAskedForAnyMore() throws Exception {
        try (Agent first = agent(home, FIRST);
                Agent second = agent(home, SECOND)) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            assertThat(fetch(second).accounts().sources().lan()).isEqualTo(Site.LENGTH);
            remove(first);
            assertThat(first.status().links()).isNotEmpty();
            remove(second);
            assertThat(fetch(second).accounts().sources().origin()).isEqualTo(Site.LENGTH);
        }
    }

    @Test
    void anUploadLimitHoldsForAllThatADeviceGives() throws Exception {
        int rate = 2 << 20;
        try (Agent first = agent(home, FIRST, "upload.limit=2MB/s");
                Agent second = agent(home, SECOND)) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            long start = System.nanoTime();
            JobStatus status = fetch(second);
            double seconds = (System.nanoTime() - start) / 1e9;
            long given = status.accounts().sources().lan();
            assertThat(given).isGreaterThan(Site.LENGTH / 4);
            double burst = 65_536;
            assertThat(seconds).isGreaterThanOrEqualTo((given - burst) / rate);
        }
    }

    @Test
    void whoStopsSharingWhileOthersTakeIsLeftAtOnce() throws Exception {
        Path laptop = machine("laptop", 1, 40);
        try (Agent first = agent(laptop, FIRST);
                Agent second = agent(home, SECOND)) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            JobRequest slow = new JobRequest(
                    site.url(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.of(new dev.byway.core.unit.Rate(Site.LENGTH / 10)));
            try (var job = second.jobs().start(slow)) {
                await(() -> job.status().accounts().sources().lan() > 0);
                supply(laptop, "AC", "online", "0");
                JobStatus status = Site.finish(job);
                assertThat(status.state()).as("%s", status).isEqualTo(JobStatus.State.DONE);
                assertThat(status.accounts().sources().lan()).isPositive();
                assertThat(status.accounts().sources().origin()).isPositive();
                assertThat(only(status, ReasonCode.PEER_REFUSED).detail()).isEqualTo("it runs on battery");
            }
        }
    }

    @Test
    void devicesOfTwoGroupsDoNotShareAndBothSaySo() throws Exception {
        try (Agent first = agent(home, FIRST, "DODownloadMode=2", "DOGroupId=red");
                Agent second = agent(home, SECOND, "DODownloadMode=2", "DOGroupId=blue")) {
            fetch(first);
            JobStatus status = fetchUntil(second, ReasonCode.MODE_GROUP_ONLY);
            assertThat(status.accounts().sources().origin()).isEqualTo(Site.LENGTH);
            assertThat(only(status, ReasonCode.MODE_GROUP_ONLY))
                    .satisfies(r -> assertThat(r.source()).isEqualTo(FIRST + ":7680"))
                    .satisfies(r -> assertThat(r.setting()).hasValue("DOGroupId"));
            assertThat(first.status().links()).isEmpty();
        }
    }

    @Test
    void whoHasNoGroupIsToldByTheOneThatHas() throws Exception {
        try (Agent first = agent(home, FIRST, "DODownloadMode=2", "DOGroupId=red");
                Agent second = agent(home, SECOND)) {
            fetch(first);
            JobStatus status = fetchUntil(second, ReasonCode.PEER_REFUSED);
            assertThat(status.accounts().sources().origin()).isEqualTo(Site.LENGTH);
            assertThat(only(status, ReasonCode.PEER_REFUSED).detail())
                    .isEqualTo("it shares within its own match group only");
        }
    }

    @Test
    void devicesOfOneGroupShare() throws Exception {
        try (Agent first = agent(home, FIRST, "DODownloadMode=2", "DOGroupId=red");
                Agent second = agent(home, SECOND, "DODownloadMode=2", "DOGroupId=red")) {
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            assertThat(fetch(second).accounts().sources().lan()).isEqualTo(Site.LENGTH);
        }
    }

    @Test
    void aWeakDeviceListensNowhereAndSaysWhy() throws Exception {
        try (Agent weak = agent(home, FIRST, "DOMinRAMAllowedToPeer=100000")) {
            assertThat(weak.status().peerPort().port()).isZero();
            assertThat(weak.status().peerPort().note()).contains("DOMinRAMAllowedToPeer");
            Reason reason = only(fetch(weak), ReasonCode.RAM_BELOW_MINIMUM);
            assertThat(reason.setting()).hasValue("DOMinRAMAllowedToPeer");
        }
    }

    /** Local discovery may take its time; a download that ends before it has nothing to tell. */
    private JobStatus fetchUntil(Agent agent, ReasonCode code) throws InterruptedException {
        JobStatus[] last = {fetch(agent)};
        await(() -> {
            boolean told = last[0].reasons().stream().anyMatch(reason -> reason.code() == code);
            if (!told) {
                last[0] = fetchAgain(agent);
            }
            return told;
        });
        return last[0];
    }

    @Test
    void aDamagedRecordOfTheMonthsUploadsStopsThoseAloneAndIsTold() throws Exception {
        Path record = Files.createDirectories(home.resolve(FIRST)).resolve("uploads.json");
        Files.writeString(record, "not a record");
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-------"));
        try (Agent first = agent(home, FIRST, "DODownloadMode=3", "DOMonthlyUploadDataCap=1");
                Agent second = agent(home, SECOND, "DODownloadMode=3")) {
            assertThat(first.status().monthly())
                    .isEqualTo(new AgentStatus.MonthlyUpload(
                            YearMonth.now(ZoneId.systemDefault()), 1 << 30, OptionalLong.of(1 << 30), true));
            assertThat(first.examine(Question.NONE).uploads())
                    .extracting(Reason::code)
                    .contains(ReasonCode.UPLOAD_CAP_REACHED);
            assertThat(second.examine(Question.NONE).uploads())
                    .extracting(Reason::code)
                    .doesNotContain(ReasonCode.UPLOAD_CAP_REACHED);
            fetch(first);
            await(() -> !first.status().links().isEmpty());
            assertThat(fetch(second).accounts().sources().lan()).isEqualTo(Site.LENGTH);
        }
    }
}
