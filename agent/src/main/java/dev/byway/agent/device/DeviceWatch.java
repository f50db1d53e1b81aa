package dev.byway.agent.device;

import dev.byway.core.device.Adapter;
import dev.byway.core.fleet.AddressClass;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.DeviceFacts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What is known of this machine now: read again when what was read is older than a few seconds, so that asking costs next to
 * nothing; one virtual thread looks every few seconds whether something changed. Whether the network is metered is asked by
 * that thread alone, because it takes a program to answer; until then it is unknown. Any thread.
 */
public final class DeviceWatch implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LOOKS_PER_PRICE = 6;

    private final DeviceReader reader;
    private final Function<String, Answer> price;
    private final UploadMeter meter;
    private final AtomicReference<Look> last;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer metered = Answer.UNKNOWN;

    private record Look(DeviceReader.Reading reading, long at) {}

    /**
     * Of a machine.
     *
     * @param root folder in which the system's {@code sys} lies; {@code /} but in tests
     * @param cache folder of the cache
     * @param vpnKeywords words in the name of an adapter that is a VPN
     * @param meter counts what goes to Internet peers
     */
    public DeviceWatch(Path root, Path cache, List<String> vpnKeywords, UploadMeter meter) {
        this(new DeviceReader(root, cache, vpnKeywords, Routes.SYSTEM), NetworkManager::metered, meter);
    }

    /** @param price whether the network behind an adapter is metered; may take its time */
    DeviceWatch(DeviceReader reader, Function<String, Answer> price, UploadMeter meter) {
        this.reader = reader;
        this.price = price;
        this.meter = meter;
        this.last = new AtomicReference<>(look());
    }

    private Look look() {
        return new Look(reader.read(), System.nanoTime());
    }

    private DeviceReader.Reading reading() {
        Look seen = last.get();
        if (System.nanoTime() - seen.at() > FRESH.toNanos()) {
            seen = look();
            last.set(seen);
        }
        return seen.reading();
    }

    /** The facts, for what concerns no peer in particular. */
    public DeviceFacts facts() {
        return complete(reading().facts());
    }

    private DeviceFacts complete(DeviceFacts read) {
        return read.withMetered(metered).withUploadedThisMonth(meter.given().size());
    }

    /** The facts, for bytes between here and there: on a VPN also when only the way there leads through it. */
    public DeviceFacts facts(InetAddress peer) {
        DeviceReader.Reading now = reading();
        boolean through = reader.towards(peer, now.adapters())
                .filter(adapter -> adapter.isVpn(reader.vpnKeywords()))
                .isPresent();
        DeviceFacts facts = complete(now.facts());
        return through ? facts.withVpn(Answer.YES) : facts;
    }

    /** Whether a peer at this address is on a link of this machine. */
    public boolean isOnLink(InetAddress peer) {
        return switch (AddressClass.of(peer)) {
            case LOOPBACK, LINK_LOCAL -> true;
            case GLOBAL, PRIVATE, SHARED, MULTICAST, UNSPECIFIED, SPECIAL ->
                reading().adapters().stream().anyMatch(adapter -> adapter.isOnLink(peer));
        };
    }

    /** From now on {@code changed} is called when the facts are not what they were. Once. */
    public void start(Runnable changed) {
        meter.whenChanged(changed);
        Thread.ofVirtual().name("byway-facts").start(() -> watch(changed));
    }

    private void watch(Runnable changed) {
        try {
            Object before = seen();
            for (int looks = 0; ; looks++) {
                if (looks % LOOKS_PER_PRICE == 0) {
                    metered = price();
                }
                last.set(look());
                meter.given();
                Object now = seen();
                if (!now.equals(before)) {
                    changed.run();
                }
                before = now;
                if (closed.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that can make a difference, but for what was uploaded: of that the meter tells. */
    private List<Object> seen() {
        return List.of(reading().facts(), metered, reading().adapters());
    }

    /** Metered when any of the networks is that lead outwards. */
    private Answer price() {
        List<Answer> answers = reader.outward(reading().adapters()).stream()
                .map(Adapter::name)
                .map(price)
                .toList();
        if (answers.contains(Answer.YES)) {
            return Answer.YES;
        }
        return answers.contains(Answer.NO) ? Answer.NO : Answer.UNKNOWN;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
