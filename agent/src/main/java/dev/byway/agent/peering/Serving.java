package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.swarm.UploadSlots;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What peers asked of this device, from the request to its last byte: who waits for an upload slot, and who is served. Belongs
 * to the device loop; the bytes go from the store straight to the link's writer thread.
 */
final class Serving {
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final UploadSlots slots;
    private final Shelf shelf;
    private final Loop loop;
    private final LongFunction<Optional<PeerLink>> links;
    private final Map<Key, Asked> requests = new HashMap<>();
    private final Set<Long> reading = new HashSet<>();

    private record Key(long link, int request) {}

    private record Asked(ContentId content, ByteRange range, boolean served) {}

    /** @param links finds a link by its number */
    Serving(int uploadSlots, Shelf shelf, Loop loop, LongFunction<Optional<PeerLink>> links) {
        this.slots = new UploadSlots(uploadSlots, MAX_WAIT);
        this.shelf = shelf;
        this.loop = loop;
        this.links = links;
    }

    /** A peer asks for bytes of a content that is on the shelf for it. */
    void asked(PeerLink peer, StoredContent stored, Frame.Request request) {
        if (!stored.held().has(stored.layout().pieceAt(request.offset()))) {
            peer.reject(request.request(), RejectReason.NOT_HELD, Duration.ZERO);
            return;
        }
        Key key = new Key(peer.number(), request.request());
        requests.put(key, new Asked(stored.id(), new ByteRange(request.offset(), request.length()), false));
        var upload = new UploadSlots.Upload(peer.number(), request.request(), request.length());
        switch (slots.ask(upload, Loop.now())) {
            case UploadSlots.Answer.Serve ignored -> serve(List.of(upload));
            case UploadSlots.Answer.Queued ignored -> {}
            case UploadSlots.Answer.Busy busy -> {
                requests.remove(key);
                peer.reject(request.request(), RejectReason.BUSY, busy.retryAfter());
            }
        }
    }

    /**
     * A peer asks for digests of the piece layer. The layer is read and proved each time, so a link gets one answer at a time;
     * more are told to come back.
     */
    void askedForHashes(PeerLink peer, StoredContent stored, Frame.HashRequest request) {
        if (!reading.add(peer.number())) {
            peer.reject(request.request(), RejectReason.BUSY, MAX_WAIT);
            return;
        }
        Thread.ofVirtual().name("byway-hashes").start(() -> {
            List<Digest> layer = digests(stored);
            loop.execute(() -> {
                reading.remove(peer.number());
                int end = request.firstPiece() + request.count();
                if (layer.size() < end) {
                    peer.reject(request.request(), RejectReason.NOT_HELD, Duration.ZERO);
                } else {
                    peer.hashes(new Frame.Hashes(
                            request.request(), request.firstPiece(), layer.subList(request.firstPiece(), end)));
                }
            });
        });
    }

    private static List<Digest> digests(StoredContent stored) {
        try {
            return stored.layer().map(PieceLayer::pieces).orElse(List.of());
        } catch (StoreException e) {
            return List.of();
        }
    }

    private void serve(List<UploadSlots.Upload> starting) {
        for (UploadSlots.Upload upload : starting) {
            Key key = new Key(upload.link(), upload.request());
            Optional<Asked> asked = Optional.ofNullable(requests.get(key));
            Optional<StoredContent> stored = asked.flatMap(request -> shelf.find(request.content()));
            Optional<PeerLink> peer = links.apply(upload.link());
            if (asked.isPresent() && stored.isPresent() && peer.isPresent()) {
                requests.put(key, new Asked(asked.get().content(), asked.get().range(), true));
                serve(peer.get(), stored.get(), upload.request(), asked.get().range());
            } else {
                loop.execute(() -> finished(upload.link(), upload.request(), 0));
            }
        }
    }

    private static void serve(PeerLink peer, StoredContent content, int request, ByteRange range) {
        peer.gave(content, content.layout().pieceAt(range.offset()));
        peer.link()
                .serve(
                        request,
                        range.offset(),
                        (int) range.length(),
                        (offset, into, at, length) -> Shelf.read(content, offset, into, at, length));
    }

    /** A peer does not want the rest. */
    void cancelled(PeerLink peer, int request) {
        Asked asked = requests.get(new Key(peer.number(), request));
        if (asked != null) {
            withdraw(peer, request, asked, RejectReason.CANCELLED);
        }
    }

    /** Nothing more of what a peer asked for is given, and it is told why. */
    void stop(PeerLink peer, RejectReason reason) {
        Map.copyOf(requests).forEach((key, asked) -> {
            if (key.link() == peer.number()) {
                withdraw(peer, key.request(), asked, reason);
            }
        });
    }

    /** Whether anything of a content is asked for. */
    boolean isAsked(ContentId content) {
        return requests.values().stream().anyMatch(asked -> asked.content().equals(content));
    }

    private void withdraw(PeerLink peer, int request, Asked asked, RejectReason reason) {
        if (asked.served()) {
            peer.link().cancel(request, reason);
        } else {
            peer.reject(request, reason, Duration.ZERO);
            finished(peer.number(), request, 0);
        }
    }

    /** A request has been answered, so far as it was. */
    void finished(long link, int request, int bytes) {
        requests.remove(new Key(link, request));
        serve(slots.finished(link, request, bytes, Loop.now()));
    }

    /** A link is gone, with all that was asked on it. */
    void gone(PeerLink peer) {
        requests.keySet().removeIf(key -> key.link() == peer.number());
        reading.remove(peer.number());
        serve(slots.gone(peer.number(), Loop.now()));
    }
}
