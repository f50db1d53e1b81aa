package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.policy.Refusal;
import dev.byway.core.swarm.Declining;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/** What peers opened and ask for: who is given what, and what the others are told. Owned by the device loop. */
final class Giving {
    private final Shelf shelf;
    private final Serving serving;
    private final Loop loop;
    private final Audience audience;
    private final Acquaintances acquaintances;

    /**
     * @param uploadSlots requests served at once
     * @param links finds a link by its number
     */
    Giving(
            ContentStore store,
            int uploadSlots,
            Loop loop,
            LongFunction<Optional<PeerLink>> links,
            Audience audience,
            Acquaintances acquaintances) {
        this.shelf = new Shelf(store);
        this.serving = new Serving(uploadSlots, shelf, loop, links);
        this.loop = loop;
        this.audience = audience;
        this.acquaintances = acquaintances;
    }

    // ---- contents ----

    /** A peer opens a content. */
    void open(PeerLink peer, Frame.Open open) {
        if (!peer.hasRoomFor(new PieceLayout(open.content().length(), open.pieceLength()).pieceCount())) {
            refuse(peer, open.channel(), RejectReason.LIMIT);
            return;
        }
        Offer offer = new Offer(open.content(), open.pieceLength(), open.wants());
        peer.theyOpened(open.channel(), offer);
        answer(peer, open.channel(), offer);
    }

    /** A peer closed a content. */
    void closed(PeerLink peer, Offer offer) {
        giveBack(peer, offer.content());
    }

    private void giveBack(PeerLink peer, ContentId content) {
        if (peer.shelved().remove(content)) {
            shelf.giveBack(content);
        }
    }

    /** Whether nobody but peers uses a content, and none of them waits for bytes of it. */
    boolean isOnlyLent(ContentId content) {
        return shelf.isOnlyUser(content) && !serving.isAsked(content);
    }

    /** A content is to be deleted: the peer is told that it is not here any more. */
    void callBack(PeerLink peer, ContentId content) {
        giveBack(peer, content);
        peer.close(content);
    }

    /** The peer may be given what it was refused: all that it opened is answered anew. */
    void resume(PeerLink peer) {
        peer.theirs().forEach((channel, offer) -> answer(peer, channel, offer));
    }

    /** The peer may not be given anything more: what it opened is refused, and what it asked for is withdrawn. */
    void stop(PeerLink peer, Refusal no) {
        peer.theirs().forEach((channel, offer) -> refuseIfHere(peer, channel, offer.content()));
        serving.stop(peer, Declining.toPeer(no));
    }

    /** A link is gone, with all that was opened and asked on it. */
    void gone(PeerLink peer) {
        peer.shelved().forEach(shelf::giveBack);
        serving.gone(peer);
    }

    /** Opens what the peer opened, if it is here, or says that it is not, or why it is not given. */
    private void answer(PeerLink peer, int channel, Offer offer) {
        Optional<ContentListener> download = audience.find(peer, offer).filter(d -> Audience.isFor(d, peer));
        if (download.isPresent()) {
            download.get().linked(peer);
            download.get().opened(peer, offer.wants());
            download.get().holds(peer, offer.held().copy());
            refusal(peer, offer.content()).ifPresent(no -> {
                download.get().withheld(peer);
                refuse(peer, channel, Declining.toPeer(no));
            });
            return;
        }
        Optional<StoredContent> content = shelved(peer, offer.content());
        Optional<Refusal> no = refusal(peer, offer.content());
        if (content.isEmpty()) {
            refuse(peer, channel, RejectReason.NOT_HELD);
        } else if (no.isPresent()) {
            refuse(peer, channel, Declining.toPeer(no.get()));
        } else if (content.get().layout().pieceLength() == offer.pieceLength()) {
            peer.open(offer.content(), offer.pieceLength(), false, content.get().held());
        } else {
            refuse(peer, channel, RejectReason.MISMATCH);
        }
    }

    private void refuseIfHere(PeerLink peer, int channel, ContentId content) {
        Optional<ContentListener> download = audience.find(content);
        download.ifPresent(listener -> listener.withheld(peer));
        if (download.isPresent() || shelved(peer, content).isPresent()) {
            refusal(peer, content).ifPresent(no -> refuse(peer, channel, Declining.toPeer(no)));
        }
    }

    private Optional<Refusal> refusal(PeerLink peer, ContentId content) {
        return peer.standing().giving().or(() -> acquaintances.sharing(content));
    }

    private static void refuse(PeerLink peer, int channel, RejectReason reason) {
        peer.link().send(new Frame.RejectOpen(channel, reason, 0));
    }

    /** The content as this peer may have it. */
    private Optional<StoredContent> shelved(PeerLink peer, ContentId content) {
        if (peer.shelved().contains(content)) {
            return shelf.find(content);
        }
        Optional<StoredContent> taken = shelf.take(content, peer.link().peer());
        taken.ifPresent(ignored -> peer.shelved().add(content));
        return taken;
    }

    // ---- requests ----

    /** A peer asks for bytes. */
    void request(PeerLink peer, Frame.Request request) {
        wanted(peer, request.channel(), request.request()).ifPresent(stored -> serving.asked(peer, stored, request));
    }

    /** A peer asks for digests of the piece layer. */
    void hashes(PeerLink peer, Frame.HashRequest request) {
        wanted(peer, request.channel(), request.request())
                .ifPresent(stored -> serving.askedForHashes(peer, stored, request));
    }

    /** A peer does not want the rest. */
    void cancelled(PeerLink peer, int request) {
        serving.cancelled(peer, request);
    }

    /** A request has been answered, so far as it was. */
    void finished(PeerLink peer, int request, int bytes) {
        serving.finished(peer.number(), request, bytes);
    }

    /** A peer complains about a piece that it was sent: it is read again, and given up when it is wrong. */
    void complained(PeerLink peer, Frame.Complaint complaint) {
        peer.theirs(complaint.channel())
                .map(Offer::content)
                .filter(content -> peer.mayComplain(content, complaint.piece()))
                .ifPresent(content -> recheck(content, complaint.piece()));
    }

    private void recheck(ContentId content, int piece) {
        shelf.find(content)
                .ifPresent(stored -> Thread.ofVirtual().name("byway-recheck").start(() -> {
                    if (!stored.recheck(piece)) {
                        loop.execute(() -> audience.find(content).ifPresent(download -> download.lost(piece)));
                    }
                }));
    }

    /** What a request is about, when it is here and may be given; else the request is rejected. */
    private Optional<StoredContent> wanted(PeerLink peer, int channel, int request) {
        Optional<StoredContent> stored = peer.theirs(channel).flatMap(offer -> shelved(peer, offer.content()));
        Optional<RejectReason> no = stored.isEmpty()
                ? Optional.of(RejectReason.NOT_HELD)
                : refusal(peer, stored.get().id()).map(Declining::toPeer);
        no.ifPresent(reason -> peer.reject(request, reason, Duration.ZERO));
        return stored.filter(_ -> no.isEmpty());
    }
}
