package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Neighbours to which there was a link that one of the two closed because of a policy, or that broke the protocol, so that also a
 * download which begins afterwards can tell. Each is remembered for a while, a limited number of them. One owner, pure.
 */
public final class Declined {
    static final int MOST = 64;
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Map<DeviceId, Entry> entries = new LinkedHashMap<>();

    private record Entry(Reason reason, Moment at) {}

    /** A link with a device was closed for this reason. */
    public void note(DeviceId device, Reason reason, Moment now) {
        entries.remove(device);
        entries.put(device, new Entry(reason, now));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** There is a link with this device that stays. */
    public void linked(DeviceId device) {
        entries.remove(device);
    }

    /** Why there is no link, for each of them, the newest last. */
    public List<Reason> reasons(Moment now) {
        entries.values().removeIf(entry -> entry.at().plus(REMEMBERED).isBefore(now));
        return entries.values().stream().map(Entry::reason).toList();
    }
}
