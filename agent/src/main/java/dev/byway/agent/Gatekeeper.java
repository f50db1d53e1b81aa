package dev.byway.agent;

import dev.byway.agent.device.DeviceWatch;
import dev.byway.agent.device.UploadMeter;
import dev.byway.agent.peering.PeerGates;
import dev.byway.core.account.Reason;
import dev.byway.core.account.SourceKind;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Gate;
import dev.byway.core.policy.MonthlyUpload;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.Situation;
import dev.byway.core.policy.SourceFacts;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Brings the gates together with the settings and with what is known of this machine at the moment. Any thread. */
final class Gatekeeper implements PeerGates {
    /** A neighbour that no rule about neighbours refuses: what is left is what this device and the content are. */
    private static final SourceFacts ANY_NEIGHBOUR =
            SourceFacts.of(SourceKind.LAN).withFoundLocally(Answer.YES).withSameSubnet(Answer.YES);

    private static final Set<Gate> FOR_GOOD = Set.of(Gate.MODE, Gate.RAM, Gate.DISK);
    private static final Set<Gate> OF_CONTENT = Set.of(Gate.SIZE);
    private static final Set<Gate> BEFORE_DIALLING = Set.of(Gate.MODE, Gate.RESTRICTION);

    private final EffectiveSettings settings;
    private final DeviceWatch device;
    private final UploadMeter meter;

    Gatekeeper(EffectiveSettings settings, DeviceWatch device, UploadMeter meter) {
        this.settings = settings;
        this.device = device;
        this.meter = meter;
    }

    /** Why this device neither uses peers nor serves any, as long as it runs; empty when it does. */
    Optional<Refusal> noPeersAtAll() {
        return judge(FOR_GOOD, new Situation(Direction.DOWNLOAD, device.facts(), ContentFacts.UNKNOWN, ANY_NEIGHBOUR))
                .findFirst();
    }

    /** Why a content is not asked of neighbours, or not given to them, whoever they are; empty when it may be. */
    List<Reason> refusals(Direction direction, ContentFacts content) {
        return Gate.refusals(new Situation(direction, device.facts(), content, ANY_NEIGHBOUR), settings).stream()
                .map((Refusal refusal) -> refusal.about("peers"))
                .toList();
    }

    /** Why this device gives nothing to neighbours, or nothing to those of other sites where the mode has such. */
    List<Reason> uploadRefusals() {
        Stream<Reason> cap = settings.get(Settings.DOWNLOAD_MODE).allows(SourceKind.GROUP)
                ? judge(
                                Set.of(Gate.UPLOAD_CAP),
                                new Situation(
                                        Direction.UPLOAD,
                                        device.facts(),
                                        ContentFacts.UNKNOWN,
                                        SourceFacts.of(SourceKind.INTERNET)))
                        .map(refusal -> refusal.about("peers of other sites"))
                : Stream.empty();
        return Stream.concat(refusals(Direction.UPLOAD, ContentFacts.UNKNOWN).stream(), cap)
                .toList();
    }

    private Stream<Refusal> judge(Set<Gate> gates, Situation situation) {
        return gates.stream().sorted().flatMap(gate -> gate.judge(situation, settings).stream());
    }

    @Override
    public boolean isOnLink(InetAddress address) {
        return device.isOnLink(address);
    }

    @Override
    public SourceKind kind(Encounter peer) {
        return peer.facts(settings).kind();
    }

    @Override
    public Optional<Refusal> beforeDialling(Encounter peer) {
        return judge(
                        BEFORE_DIALLING,
                        new Situation(
                                Direction.DOWNLOAD, DeviceFacts.UNKNOWN, ContentFacts.UNKNOWN, peer.facts(settings)))
                .findFirst();
    }

    @Override
    public Optional<Refusal> refusal(Direction direction, Encounter peer, InetAddress address) {
        return Gate.firstRefusal(
                new Situation(direction, device.facts(address), ContentFacts.UNKNOWN, peer.facts(settings)), settings);
    }

    @Override
    public Optional<Refusal> sharing(ContentFacts content) {
        return judge(OF_CONTENT, new Situation(Direction.UPLOAD, DeviceFacts.UNKNOWN, content, ANY_NEIGHBOUR))
                .findFirst();
    }

    @Override
    public void gives(SourceKind to, int bytes) {
        if (MonthlyUpload.counts(to)) {
            meter.count(bytes);
        }
    }

    /** The match group that this device claims, empty for none. */
    String group() {
        return settings.get(Settings.GROUP_ID).orElse("");
    }
}
