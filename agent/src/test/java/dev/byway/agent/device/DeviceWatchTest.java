package dev.byway.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.device.Adapter;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.unit.DataSize;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On folders made up like those of Linux, with the real network adapters of the machine. */
class DeviceWatchTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");

    @TempDir
    Path root;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T23:59:59Z"));

    private DeviceReader reader(Routes routes, String... keywords) {
        return new DeviceReader(root, root, List.of(keywords), routes);
    }

    private UploadMeter meter() {
        return new UploadMeter(root, Optional.of(new DataSize(100)), now::get, () -> ZoneOffset.UTC);
    }

    private void supply(String name, String type, String... files) throws IOException {
        Path folder =
                Files.createDirectories(root.resolve("sys/class/power_supply").resolve(name));
        Files.writeString(folder.resolve("type"), type + "\n");
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(folder.resolve(files[i]), files[i + 1] + "\n");
        }
    }

    private static Adapter loopback() {
        return Adapters.read(new Folder(Path.of("/nowhere"))).stream()
                .filter(adapter -> adapter.addresses().contains(HERE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void memoryAndDiskAreThoseOfThisMachine() throws IOException {
        DeviceFacts facts = reader(Routes.SYSTEM).read().facts();
        assertThat(facts.ram().orElseThrow().bytes()).isGreaterThan(100 << 20);
        assertThat(facts.disk().orElseThrow().bytes())
                .isEqualTo(Files.getFileStore(root).getTotalSpace());
        assertThat(facts.battery()).isEmpty();
    }

    @Test
    void theBatteryIsReadWhereLinuxShowsIt() throws IOException {
        supply("AC", "Mains", "online", "0");
        supply("BAT0", "Battery", "status", "Discharging", "capacity", "42", "present", "1");
        supply("hid-mouse", "Battery", "scope", "Device", "status", "Discharging", "capacity", "3");
        assertThat(reader(Routes.SYSTEM).read().facts().battery()).hasValue(42);
        supply("AC", "Mains", "online", "1");
        assertThat(reader(Routes.SYSTEM).read().facts().battery()).isEmpty();
    }

    @Test
    void aVpnIsOneOnlyWhenTheWayLeadsThroughIt() {
        String name = loopback().name();
        assertThat(reader(_ -> Optional.of(HERE), name).read().facts().vpn()).isEqualTo(Answer.YES);
        assertThat(reader(_ -> Optional.of(HERE), "vpn").read().facts().vpn()).isEqualTo(Answer.NO);
        assertThat(reader(_ -> Optional.empty(), name).read().facts().vpn()).isEqualTo(Answer.UNKNOWN);
        Routes onlyThere = other -> other.equals(ELSEWHERE) ? Optional.of(HERE) : Optional.empty();
        try (DeviceWatch watch = new DeviceWatch(reader(onlyThere, name), _ -> Answer.UNKNOWN, meter())) {
            assertThat(watch.facts().vpn()).isEqualTo(Answer.UNKNOWN);
            assertThat(watch.facts(HERE).vpn()).isEqualTo(Answer.UNKNOWN);
            assertThat(watch.facts(ELSEWHERE).vpn()).isEqualTo(Answer.YES);
        }
    }

    @Test
    void theKindOfAnAdapterIsReadWhereLinuxShowsIt() throws IOException {
        Path folder = Files.createDirectories(
                root.resolve("sys/class/net").resolve(loopback().name()));
        Files.writeString(folder.resolve("type"), "65534\n");
        Files.writeString(folder.resolve("tun_flags"), "0x1001\n");
        assertThat(reader(_ -> Optional.of(HERE)).read().facts().vpn()).isEqualTo(Answer.YES);
        Files.delete(folder.resolve("tun_flags"));
        assertThat(reader(_ -> Optional.of(HERE)).read().facts().vpn()).isEqualTo(Answer.NO);
        Files.writeString(folder.resolve("ifalias"), "Head office VPN\n");
        assertThat(reader(_ -> Optional.of(HERE), "vpn").read().facts().vpn()).isEqualTo(Answer.YES);
    }

    @Test
    void theSystemKnowsTheWayToItself() {
        assertThat(Routes.SYSTEM.towards(HERE)).contains(HERE);
    }

    @Test
    void whoeverAsksForChangesIsToldOfThem() throws Exception {
        LinkedBlockingQueue<Answer> told = new LinkedBlockingQueue<>();
        try (DeviceWatch watch = new DeviceWatch(reader(_ -> Optional.of(HERE)), _ -> Answer.YES, meter())) {
            assertThat(watch.facts().metered()).isEqualTo(Answer.UNKNOWN);
            watch.start(() -> told.add(watch.facts().metered()));
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(Answer.YES);
        }
    }

    @Test
    void peersOnThisMachineAndItsLinksAreNear() {
        try (DeviceWatch watch = new DeviceWatch(reader(Routes.SYSTEM), _ -> Answer.UNKNOWN, meter())) {
            assertThat(watch.isOnLink(HERE)).isTrue();
            assertThat(watch.isOnLink(InetAddress.ofLiteral("fe80::1"))).isTrue();
            assertThat(watch.isOnLink(ELSEWHERE)).isFalse();
        }
    }

    @Test
    void whatWentToTheInternetIsAFactThatChangesWhenItIsEnoughAndWhenTheMonthTurns() throws Exception {
        UploadMeter meter = meter();
        LinkedBlockingQueue<DataSize> told = new LinkedBlockingQueue<>();
        try (DeviceWatch watch = new DeviceWatch(reader(_ -> Optional.of(HERE)), _ -> Answer.UNKNOWN, meter)) {
            watch.start(() -> told.add(watch.facts(HERE).uploadedThisMonth().orElseThrow()));
            meter.count(99);
            assertThat(watch.facts().uploadedThisMonth()).contains(new DataSize(99));
            meter.count(2);
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(new DataSize(101));
            now.set(now.get().plusSeconds(1));
            DataSize last = Optional.ofNullable(told.poll(30, TimeUnit.SECONDS)).orElseThrow();
            while (!last.equals(DataSize.ZERO)) {
                last = Optional.ofNullable(told.poll(30, TimeUnit.SECONDS)).orElseThrow();
            }
        }
    }
}
