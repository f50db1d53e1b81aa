package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.WireLimits;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Files that are known by their SHA-256 alone: which this device seeks, and which neighbours seek and are told of. Only what this
 * device has found to have the digest itself is named to them. Neighbours of the same site only: what a device seeks is nobody else's
 * business, and elsewhere a whole file is far to fetch. Owned by the device loop.
 */
final class WholeFiles {
    /** Devices that said what was not so. */
    private static final int MOST_LIARS = 1000;

    private final DeviceId self;
    private final Loop loop;
    private final ContentStore store;
    private final Acquaintances acquaintances;
    private final Supplier<Collection<PeerLink>> links;
    private final Supplier<Company> company;
    private final Map<Digest, FileSearch> searches = new HashMap<>();

    /** Not asked and not believed about such files any more, by what their faults count against. */
    private final Set<String> liars = new LinkedHashSet<>();

    /**
     * Who may be met soon.
     *
     * @param known whether the rest is more than a guess
     * @param neighbours that may be linked soon
     * @param asking whether somebody is being asked for more
     */
    record Company(boolean known, int neighbours, boolean asking) {
        boolean mayCome() {
            return !known || neighbours > 0 || asking;
        }
    }

    WholeFiles(
            DeviceId self,
            Loop loop,
            ContentStore store,
            Acquaintances acquaintances,
            Supplier<Collection<PeerLink>> links,
            Supplier<Company> company) {
        this.self = self;
        this.loop = loop;
        this.store = store;
        this.acquaintances = acquaintances;
        this.links = links;
        this.company = company;
    }

    /** Whether there is, or may soon be, a neighbour that can be asked. */
    boolean hasCompany() {
        return company.get().mayCome() || links.get().stream().anyMatch(this::isToBeAsked);
    }

    /** This device seeks a file from now on; empty when it does already. */
    Optional<FileSearch> seek(Digest sha256, long length) {
        if (searches.containsKey(sha256)) {
            return Optional.empty();
        }
        FileSearch search = new FileSearch(sha256, length, self, loop, this);
        searches.put(sha256, search);
        refresh(search);
        links.get().forEach(peer -> {
            ask(peer, search);
            if (peer.seeks().contains(sha256)) {
                search.seeks(peer, true);
            }
        });
        return Optional.of(search);
    }

    /** Tells a search who may come. */
    void refresh(FileSearch search) {
        Company now = company.get();
        if (now.known()) {
            search.expecting(now.neighbours(), now.asking());
        }
    }

    /** This device seeks it no more; what became of it, neighbours are told. */
    void over(FileSearch search) {
        searches.remove(search.sha256(), search);
        links.get().stream()
                .filter(peer -> isToBeAsked(peer) && peer.link().maySend(Allowance.SEEK))
                .forEach(peer -> peer.link().send(new Frame.Seek(search.sha256(), false)));
        tell(search.sha256());
    }

    /** A neighbour said that it had a file, and it was another one. */
    void deceived(PeerLink by) {
        liars.add(by.liable());
        if (liars.size() > MOST_LIARS) {
            liars.remove(liars.iterator().next());
        }
    }

    /** Tells those who seek a file how this device stands to it now. */
    void tell(Digest sha256) {
        links.get().stream().filter(peer -> peer.seeks().contains(sha256)).forEach(peer -> answer(peer, sha256));
    }

    /** A link may be used. */
    void introduce(PeerLink peer) {
        searches.values().forEach(search -> ask(peer, search));
    }

    /** A link is gone, or may not be used any more. */
    void left(PeerLink peer) {
        searches.values().forEach(search -> search.left(peer));
    }

    private boolean isToBeAsked(PeerLink peer) {
        return peer.answersSeek()
                && peer.kind() == SourceKind.LAN
                && !peer.standing().isShut()
                && !liars.contains(peer.liable());
    }

    private void ask(PeerLink peer, FileSearch search) {
        if (isToBeAsked(peer) && peer.link().maySend(Allowance.SEEK)) {
            search.asked(peer);
            peer.link().send(new Frame.Seek(search.sha256(), true));
        }
    }

    // ---- what neighbours say ----

    void heard(PeerLink peer, Frame.Seek seek) {
        Digest sha256 = seek.sha256();
        Optional.ofNullable(searches.get(sha256)).ifPresent(search -> search.seeks(peer, seek.seeks()));
        if (!seek.seeks()) {
            peer.seeks().remove(sha256);
        } else if (peer.seeks().contains(sha256) || peer.seeks().size() < WireLimits.SOUGHT) {
            peer.seeks().add(sha256);
            answer(peer, sha256);
        } else {
            peer.link().send(new Frame.Lacks(sha256));
        }
    }

    void heard(PeerLink peer, Frame.Lacks lacks) {
        believed(peer, lacks.sha256()).ifPresent(search -> search.lacks(peer));
    }

    void heard(PeerLink peer, Frame.Fetching fetching) {
        believed(peer, fetching.sha256()).ifPresent(search -> search.fetches(peer, fetching.bytes()));
    }

    void heard(PeerLink peer, Frame.Whole whole) {
        believed(peer, whole.sha256()).ifPresent(search -> search.holds(peer, whole.content(), whole.pieceLength()));
    }

    private Optional<FileSearch> believed(PeerLink peer, Digest sha256) {
        return Optional.ofNullable(searches.get(sha256)).filter(_ -> isToBeAsked(peer));
    }

    // ---- what they are told ----

    private void answer(PeerLink peer, Digest sha256) {
        Frame lacks = new Frame.Lacks(sha256);
        if (peer.kind() != SourceKind.LAN
                || peer.standing().isShut()
                || peer.standing().giving().isPresent()) {
            peer.link().send(lacks);
            return;
        }
        Optional<Frame> said = whole(peer, sha256)
                .or(() -> Optional.ofNullable(searches.get(sha256))
                        .flatMap(FileSearch::progress)
                        .map(done -> new Frame.Fetching(sha256, done.bytes(), done.length())));
        peer.link().send(said.orElse(lacks));
    }

    private Optional<Frame> whole(PeerLink peer, Digest sha256) {
        return store.whole(sha256)
                .filter(id -> acquaintances.sharing(id).isEmpty())
                .flatMap(id -> pieceLength(id, peer).map(length -> new Frame.Whole(sha256, id, length)));
    }

    /** In which pieces a content is here; empty when it is not for that peer. */
    private Optional<Integer> pieceLength(ContentId id, PeerLink peer) {
        try (StoredContent stored = store.find(id).orElseThrow()) {
            return SharedWith.of(stored)
                    .filter(visibility -> Shelf.isFor(visibility, peer.link().peer()))
                    .map(_ -> stored.layout().pieceLength());
        } catch (StoreException | NoSuchElementException _) {
            return Optional.empty();
        }
    }
}
