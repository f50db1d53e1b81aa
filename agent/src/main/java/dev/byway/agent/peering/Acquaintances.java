package dev.byway.agent.peering;

import dev.byway.agent.link.Link;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.Encounter;
import dev.byway.core.policy.Refusal;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What this device was told of others, and what its gates say of them. Owned by the device loop. */
final class Acquaintances {
    private static final int MOST = 4096;

    private final PeerGates gates;
    private final Map<DeviceId, SourceKind> told = new LinkedHashMap<>();
    private final Map<String, String> sighted = new LinkedHashMap<>();

    Acquaintances(PeerGates gates) {
        this.gates = gates;
    }

    /** The coordinator says how near a device is; whether that is news. */
    boolean told(DeviceId device, SourceKind kind) {
        Optional<SourceKind> before = Optional.ofNullable(told.remove(device));
        told.put(device, kind);
        if (told.size() > MOST) {
            told.remove(told.keySet().iterator().next());
        }
        return !before.equals(Optional.of(kind));
    }

    /** Local discovery found a device whose id begins so; whether that is news. */
    boolean sighted(String instance, String hint) {
        return !hint.isEmpty() && sighted.size() < MOST && !hint.equals(sighted.put(instance, hint));
    }

    /** Local discovery does not find it any more; how the device's id began, if it did. */
    Optional<String> gone(String instance) {
        return Optional.ofNullable(sighted.remove(instance));
    }

    private Answer foundLocally(DeviceId device) {
        return sighted.values().stream().anyMatch(device.toString()::startsWith) ? Answer.YES : Answer.NO;
    }

    /** Why a device that was named should not be dialled at an address; empty when it may. */
    Optional<Refusal> beforeDialling(Optional<DeviceId> device, InetAddress address) {
        return gates.beforeDialling(new Encounter(
                device.map(told::get),
                gates.isOnLink(address),
                device.isPresent(),
                device.map(this::foundLocally).orElse(Answer.YES),
                Optional.empty()));
    }

    private SourceKind kind(Link link) {
        return gates.kind(encounter(link));
    }

    /** What may go over a link now. */
    Standing standing(Link link) {
        return new Standing(kind(link), refusal(Direction.DOWNLOAD, link), refusal(Direction.UPLOAD, link));
    }

    /** Why a content is not given to anybody; empty when it may be. */
    Optional<Refusal> sharing(ContentId content) {
        return gates.sharing(ContentFacts.ofLength(content.length()));
    }

    private Optional<Refusal> refusal(Direction direction, Link link) {
        return gates.refusal(direction, encounter(link), link.remote().getAddress());
    }

    private Encounter encounter(Link link) {
        DeviceId device = link.peer().device();
        boolean vouched = switch (link.peer().membership()) {
            case Membership.Fleet _ -> true;
            case Membership.Anonymous() -> false;
        };
        return new Encounter(
                Optional.ofNullable(told.get(device)),
                gates.isOnLink(link.remote().getAddress()),
                vouched,
                foundLocally(device),
                Optional.of(link.hello().group()));
    }
}
