package dev.byway.agent.peering;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.PeerIdentity;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The contents that peers have open, kept open in the store as long as one of them has. Owned by the device loop. */
final class Shelf {
    private final ContentStore store;
    private final Map<ContentId, Place> places = new HashMap<>();

    private static final class Place {
        final StoredContent content;
        final Visibility visibility;
        int users;

        Place(StoredContent content, Visibility visibility) {
            this.content = content;
            this.visibility = visibility;
        }
    }

    Shelf(ContentStore store) {
        this.store = store;
    }

    /**
     * Takes a content off the store for one more peer.
     *
     * @return empty when it is not here, or not for that peer
     */
    Optional<StoredContent> take(ContentId id, PeerIdentity peer) {
        Place place = places.get(id);
        if (place == null) {
            Optional<StoredContent> found = store.find(id);
            Optional<Visibility> visibility = found.flatMap(SharedWith::of);
            if (found.isEmpty() || visibility.isEmpty()) {
                found.ifPresent(StoredContent::close);
                return Optional.empty();
            }
            place = new Place(found.get(), visibility.get());
            places.put(id, place);
        }
        if (!isFor(place.visibility, peer)) {
            drop(id, place);
            return Optional.empty();
        }
        place.users++;
        return Optional.of(place.content);
    }

    static boolean isFor(Visibility visibility, PeerIdentity peer) {
        return visibility.permits(
                peer.membership().groups().stream().map(AccessGroup::name).toList());
    }

    /** One peer less. */
    void giveBack(ContentId id) {
        Place place = places.get(id);
        if (place != null) {
            place.users--;
            drop(id, place);
        }
    }

    private void drop(ContentId id, Place place) {
        if (place.users <= 0) {
            places.remove(id);
            place.content.close();
        }
    }

    /** Whether nobody has a content open but those for whom it is here. */
    boolean isOnlyUser(ContentId id) {
        return store.users(id) == (places.containsKey(id) ? 1 : 0);
    }

    Optional<StoredContent> find(ContentId id) {
        return Optional.ofNullable(places.get(id)).map(place -> place.content);
    }

    /** Reads held bytes; 0 when they are not held any more. */
    static int read(StoredContent content, long offset, byte[] into, int at, int length) {
        try {
            content.read(offset, ByteBuffer.wrap(into, at, length));
            return length;
        } catch (StoreException e) {
            return 0;
        }
    }
}
