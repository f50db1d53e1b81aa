package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Devices that asked the origin before they knew of each other, and then meet. */
class CrowdedLineTest {
    private static final int DEVICES = 10;
    private static final int PIECE = 1 << 20;
    private static final SourceId ORIGIN = new SourceId(1000);
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final PieceLayer layer = layer();
    private final Moment met = Moment.ZERO.plus(Tuning.DEFAULT.meeting());
    private final List<Device> devices =
            IntStream.range(0, DEVICES).mapToObj(Device::new).toList();

    private static PieceLayer layer() {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.SKIPPED);
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < 32; i++) {
            hasher.update(piece, 0, PIECE);
        }
        return hasher.finish().layer();
    }

    private final class Device {
        private final DeviceId id;
        private final Download download;
        private final Map<TransferId, Integer> fetching = new HashMap<>();

        Device(int number) {
            this.id = new DeviceId(Digest.sha256(new byte[] {(byte) number}));
            PieceSet none = PieceSet.none(layer.layout().pieceCount());
            this.download = new Download(layer, none, id, true, Tuning.DEFAULT, Moment.ZERO);
        }

        void tell(DownloadEvent event) {
            for (DownloadEffect effect : download.handle(event, met)) {
                switch (effect) {
                    case DownloadEffect.Fetch fetch ->
                        fetching.put(
                                fetch.transfer(),
                                layer.layout().pieceAt(fetch.range().offset()));
                    case DownloadEffect.Trim trim when trim.over() -> fetching.remove(trim.transfer());
                    default -> {}
                }
            }
        }
    }

    @Test
    void ofThoseWhoBeganAtOnceOnlyTheCrewGoesOn() {
        devices.forEach(device -> device.tell(new DownloadEvent.Joined(ORIGIN, SourceInfo.origin("origin"))));
        assertThat(devices).allSatisfy(device -> assertThat(device.fetching).hasSize(1));
        List<Integer> begun = new ArrayList<>();
        devices.forEach(device -> begun.add(device.fetching.values().iterator().next()));
        for (int i = 0; i < DEVICES; i++) {
            for (int j = 0; j < DEVICES; j++) {
                if (i != j) {
                    meet(devices.get(i), j, begun.get(j));
                }
            }
        }
        List<Device> going =
                devices.stream().filter(device -> !device.fetching.isEmpty()).toList();
        assertThat(going).hasSizeBetween(1, Tuning.DEFAULT.minFetchers());
    }

    private void meet(Device device, int other, int piece) {
        SourceId source = new SourceId(other);
        String name = "device " + other;
        device.tell(
                new DownloadEvent.Joined(source, SourceInfo.peer(SourceKind.LAN, devices.get(other).id, name, name)));
        device.tell(new DownloadEvent.Wants(source, true));
        device.tell(new DownloadEvent.IntentHeard(source, piece, LEASE, false));
    }
}
