package dev.byway.agent.download;

import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One swarm download and all who asked for it: two URLs of the same content share one. Any thread. */
final class SwarmRun implements SwarmDownload.Listener {
    private final StoredContent stored;
    private final List<SwarmDownload.Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<SwarmDownload> download = Optional.empty();
    private int users;

    SwarmRun(StoredContent stored) {
        this.stored = stored;
    }

    void runs(SwarmDownload started) {
        download = Optional.of(started);
    }

    StoredContent stored() {
        return stored;
    }

    Optional<SwarmDownload> download() {
        return download;
    }

    void join(SwarmDownload.Listener listener) {
        users++;
        listeners.add(listener);
    }

    /** One user less; whether it was the last. */
    boolean leave(SwarmDownload.Listener listener) {
        listeners.remove(listener);
        return --users == 0;
    }

    void end(Peering peering) {
        download.ifPresent(d -> {
            peering.unregister(d.content());
            d.close();
        });
        stored.close();
    }

    @Override
    public void progress(SwarmDownload.Progress progress) {
        listeners.forEach(listener -> listener.progress(progress));
    }

    @Override
    public void done() {
        listeners.forEach(SwarmDownload.Listener::done);
    }

    @Override
    public void failed(String kind, String why) {
        listeners.forEach(listener -> listener.failed(kind, why));
    }

    /** The runs of bytes that the pieces of a set are. */
    static List<ByteRange> ranges(StoredContent stored, PieceSet held) {
        List<ByteRange> ranges = new ArrayList<>();
        int piece = held.next(0);
        while (piece >= 0) {
            int end = held.nextMissing(piece);
            long start = stored.layout().piece(piece).offset();
            ranges.add(ByteRange.between(start, stored.layout().piece(end - 1).end()));
            piece = held.next(end);
        }
        return ranges;
    }
}
