package dev.byway.coordinator.announce;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The held streams: at most one for each device, the newest. Any thread. */
public final class Events implements AutoCloseable {
    private final int limit;
    private final Map<DeviceId, EventStream> streams = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Streams for at most {@code limit} devices. */
    public Events(int limit) {
        this.limit = limit;
    }

    /**
     * A new stream for a device; the one it had ends.
     *
     * @throws RefusedException when there are too many
     */
    public EventStream open(DeviceId device) {
        if (closed || (streams.size() >= limit && !streams.containsKey(device))) {
            throw new RefusedException(
                    Refusal.Reason.UNAVAILABLE, "the coordinator holds as many streams as it may, or is going away");
        }
        EventStream stream = new EventStream();
        Optional.ofNullable(streams.put(device, stream)).ifPresent(EventStream::close);
        if (closed) {
            stream.close();
        }
        return stream;
    }

    /** Forgets a stream that has ended. */
    public void ended(DeviceId device, EventStream stream) {
        stream.close();
        streams.remove(device, stream);
    }

    /** Whether the device has a stream and the event waits on it. */
    public boolean tell(DeviceId device, FleetEvent event) {
        return Optional.ofNullable(streams.get(device))
                .filter(stream -> stream.add(event))
                .isPresent();
    }

    /** Whether the device can be told something at once. */
    public boolean reaches(DeviceId device) {
        return streams.containsKey(device);
    }

    /** Ends the stream of a device that is shut out. */
    public void end(DeviceId device) {
        Optional.ofNullable(streams.remove(device)).ifPresent(EventStream::close);
    }

    /** Ends all streams and opens no more. */
    @Override
    public void close() {
        closed = true;
        streams.values().forEach(EventStream::close);
    }
}
