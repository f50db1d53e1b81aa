package dev.byway.sim.fleet;

import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.swarm.TransferId;
import dev.byway.core.swarm.UploadSlots;
import dev.byway.core.unit.ByteRange;
import dev.byway.sim.net.Stream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one device gives others. */
final class Serving {
    private static final Duration FREE_RIDERS_PAUSE = Duration.ofSeconds(2);

    private final SimDevice device;
    private final Fleet fleet;
    private final Map<Key, Stream> uploads = new HashMap<>();
    private final Map<Key, ByteRange> asked = new HashMap<>();
    private final UploadSlots slots = new UploadSlots(4, Duration.ofSeconds(1));

    private record Key(int peer, int request) {}

    Serving(SimDevice device, Fleet fleet) {
        this.device = device;
        this.fleet = fleet;
    }

    void asked(SimLink link, TransferId request, ByteRange range) {
        switch (device.behaviour) {
            case SILENT, CLAIMER -> {}
            case DECLINER -> refuse(link, request, new Ending.Declined());
            case FREE_RIDER -> refuse(link, request, new Ending.Busy(FREE_RIDERS_PAUSE));
            case POISONER -> send(link, request, range);
            case HONEST -> {
                if (!device.gives(fleet.content().layout().pieceAt(range.offset()))) {
                    refuse(link, request, new Ending.Broken("it lost that piece"));
                    return;
                }
                Key key = new Key(link.peer.index, request.number());
                var upload = new UploadSlots.Upload(key.peer(), key.request(), (int) range.length());
                asked.put(key, range);
                switch (slots.ask(upload, device.now())) {
                    case UploadSlots.Answer.Serve ignored -> serve(List.of(upload));
                    case UploadSlots.Answer.Queued ignored -> {}
                    case UploadSlots.Answer.Busy busy -> {
                        asked.remove(key);
                        refuse(link, request, new Ending.Busy(busy.retryAfter()));
                    }
                }
            }
        }
    }

    private void refuse(SimLink link, TransferId request, Ending ending) {
        device.links().say(link, (peer, back) -> peer.receiving().ended(request, ending));
    }

    private void serve(List<UploadSlots.Upload> starting) {
        for (UploadSlots.Upload upload : starting) {
            int index = (int) upload.link();
            ByteRange range = asked.get(new Key(index, upload.request()));
            if (range != null) {
                device.links()
                        .with(SimLink.source(index))
                        .ifPresent(link -> send(link, new TransferId(upload.request()), range));
            }
        }
    }

    private void send(SimLink link, TransferId request, ByteRange range) {
        SimDevice peer = link.peer;
        boolean wrong = device.behaviour == Behaviour.POISONER;
        boolean near = device.isNear(peer);
        Key key = new Key(peer.index, request.number());
        Stream stream = new Stream(
                fleet.route(device, peer),
                fleet.grain(),
                range.length(),
                size -> {
                    if (peer.links().isOpen(device, link.number)) {
                        peer.receiving().receive(request, size, wrong, device.index, near);
                    }
                },
                () -> finished(key, range.length()));
        uploads.put(key, stream.start());
    }

    void cancelled(SimLink link, TransferId request) {
        Key key = new Key(link.peer.index, request.number());
        Stream stream = uploads.get(key);
        if (stream != null) {
            stream.stop();
        }
        finished(key, 0);
    }

    private void finished(Key key, long sent) {
        uploads.remove(key);
        asked.remove(key);
        serve(slots.finished(key.peer(), key.request(), sent, device.now()));
    }

    /** A link is gone. */
    void gone(int peer) {
        uploads.entrySet().removeIf(e -> {
            boolean theirs = e.getKey().peer() == peer;
            if (theirs) {
                e.getValue().stop();
            }
            return theirs;
        });
        asked.keySet().removeIf(key -> key.peer() == peer);
        serve(slots.gone(peer, device.now()));
    }

    void crash() {
        uploads.values().forEach(Stream::stop);
    }
}
