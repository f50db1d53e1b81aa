package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.swarm.Unreached;
import dev.byway.core.unit.Moment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The downloads under way, and what they were told of who is there and who may come. Owned by the device loop. */
final class Audience {
    private final Map<ContentId, ContentListener> downloads = new HashMap<>();
    private List<Unreached> unreached = List.of();
    private List<Reason> refused = List.of();
    private int expected;
    private boolean meeting;
    private boolean toldMeeting;
    private Moment looked = Loop.now();

    /** A download begins, with these links; so many neighbours may come soon. */
    void add(ContentListener download, Collection<PeerLink> links, int soon) {
        downloads.put(download.content(), download);
        links.forEach(peer -> introduce(download, peer));
        if (isKnown(soon)) {
            download.expecting(soon, meeting);
        }
        download.unreached(unreached);
        download.declined(refused);
    }

    void remove(ContentId content) {
        downloads.remove(content);
    }

    Optional<ContentListener> find(ContentId content) {
        return Optional.ofNullable(downloads.get(content));
    }

    /** Who takes from this peer what it offers. */
    Optional<ContentListener> find(PeerLink peer, Offer offer) {
        return find(offer.content())
                .filter(download -> download.pieceLength() == offer.pieceLength())
                .filter(_ -> !peer.standing().isShut());
    }

    /** Whether it is being asked elsewhere who else is there; told with the next {@link #tell}. */
    void meeting(boolean now) {
        meeting = now;
    }

    /** Local discovery begins to look who is there: until then that nobody may come is not known, and not said. */
    void looking(Moment until) {
        looked = until;
    }

    /** Who may come, for those who seek a file. */
    WholeFiles.Company company(int soon) {
        return new WholeFiles.Company(isKnown(soon), soon, meeting);
    }

    private boolean isKnown(int soon) {
        return soon > 0 || meeting || !Loop.now().isBefore(looked);
    }

    /** Tells all of a link that may be used. */
    void introduce(PeerLink peer) {
        downloads.values().forEach(download -> introduce(download, peer));
    }

    /** Tells a download of a link, and of what lies open on it, if both may be used together. */
    private static void introduce(ContentListener download, PeerLink peer) {
        if (!isFor(download, peer) || peer.standing().isShut()) {
            return;
        }
        download.linked(peer);
        peer.offer(download.content())
                .filter(offer -> offer.pieceLength() == download.pieceLength())
                .ifPresent(offer -> {
                    download.opened(peer, offer.wants());
                    download.holds(peer, offer.held().copy());
                });
        peer.refusal(download.content()).ifPresent(reason -> download.refused(peer, reason));
    }

    /** Whether a peer may know of a download. */
    static boolean isFor(ContentListener download, PeerLink peer) {
        return Shelf.isFor(download.visibility(), peer.link().peer());
    }

    /** A link is gone or may not be used. */
    void left(PeerLink peer, Optional<Reason> reason) {
        each(download -> download.left(peer, reason));
    }

    /** Tells what is not as it was told before: to whom there is no link, who is refused, and how many may come soon. */
    void tell(List<Unreached> nobody, List<Reason> no, int soon) {
        if (!nobody.equals(unreached)) {
            unreached = nobody;
            each(download -> download.unreached(nobody));
        }
        if (!no.equals(refused)) {
            refused = no;
            each(download -> download.declined(no));
        }
        if (isKnown(soon) && (soon != expected || meeting != toldMeeting)) {
            expected = soon;
            toldMeeting = meeting;
            each(download -> download.expecting(expected, toldMeeting));
        }
    }

    private void each(Consumer<ContentListener> action) {
        downloads.values().forEach(action);
    }
}
