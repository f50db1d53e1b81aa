package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may give something to one download, who gave something and is gone, and how each behaved. */
final class Sources {
    private final Tuning tuning;
    private final int pieces;
    private final Conducts conducts = new Conducts();
    private SourceTable present = SourceTable.of(List.of());
    private final List<SourceState> gone = new ArrayList<>();
    private List<SourceState> all = List.of();
    private List<SourceState> peers = List.of();
    private List<SourceState> outside = List.of();
    private boolean hasFar;
    private Optional<List<SourceState>> participants = Optional.empty();
    private Optional<List<SourceState>> nearParticipants = Optional.empty();

    Sources(Tuning tuning, int pieces) {
        this.tuning = tuning;
        this.pieces = pieces;
    }

    /** Takes one more; empty when it may not take part. */
    Optional<SourceState> join(SourceId id, SourceInfo info) {
        Optional<SourceState> joined =
                conducts.join(info, tuning.strikes()).map(conduct -> new SourceState(id, info, conduct, pieces));
        joined.ifPresent(source -> list(Stream.concat(all.stream().filter(one -> !one.id.equals(id)), Stream.of(source))
                .sorted(Comparator.comparing(one -> one.id))
                .toList()));
        return joined;
    }

    void leave(SourceState source) {
        conducts.leave(source.info);
        list(all.stream().filter(one -> one != source).toList());
        if (source.hasBrought()) {
            gone.add(source);
        }
    }

    Optional<SourceState> find(SourceId id) {
        return present.find(id);
    }

    /** A source that is another device. */
    Optional<SourceState> peer(SourceId id) {
        Optional<SourceState> source = present.find(id);
        return source.isPresent() && source.get().isPeer() ? source : Optional.empty();
    }

    boolean isPresent(SourceState source) {
        return present.find(source.id).isPresent();
    }

    /** In the order in which they joined. */
    List<SourceState> all() {
        return all;
    }

    List<SourceState> peers() {
        return peers;
    }

    /** Whether some peer is of another site. */
    boolean hasFar() {
        return hasFar;
    }

    /** Origins and cache hosts. */
    List<SourceState> outside() {
        return outside;
    }

    /** What is known of a source has changed, or may have: who takes part is found out anew when it is asked for next. */
    void changed() {
        participants = Optional.empty();
        nearParticipants = Optional.empty();
    }

    /** Neighbours that lack pieces, give us what they get, and whose word counts: with them the work outside is shared. */
    List<SourceState> participants() {
        if (participants.isEmpty()) {
            participants = Optional.of(participants(false));
        }
        return participants.get();
    }

    /** Those of {@link #participants} that are of the same site: with them what crosses its line is shared. */
    List<SourceState> nearParticipants() {
        if (nearParticipants.isEmpty()) {
            nearParticipants = Optional.of(hasFar ? participants(true) : participants());
        }
        return nearParticipants.get();
    }

    private List<SourceState> participants(boolean near) {
        List<SourceState> some = new ArrayList<>(peers.size());
        for (SourceState peer : peers) {
            boolean counts = !peer.refused && peer.conduct.brokenLeases < tuning.strikes();
            if (counts && !peer.refuses && peer.wants && !peer.holds.isFull() && (!near || peer.isNear())) {
                some.add(peer);
            }
        }
        return some;
    }

    /** Whether some neighbour lacks pieces and gives us nothing: it waits for what we fetch, and has to hear of it. */
    boolean hasTakers() {
        return peers.stream().anyMatch(peer -> peer.refuses && !peer.refused && peer.wants && !peer.holds.isFull());
    }

    /** Whether a device of the same site would bring a piece. */
    boolean isOfferedNear(int piece, Moment now) {
        for (SourceState peer : peers) {
            if (peer.isNear() && peer.offers(piece, now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another device would bring a piece. */
    boolean isOffered(int piece, Moment now) {
        for (SourceState peer : peers) {
            if (peer.offers(piece, now)) {
                return true;
            }
        }
        return false;
    }

    private void list(List<SourceState> inOrder) {
        all = List.copyOf(inOrder);
        present = SourceTable.of(all);
        peers = all.stream().filter(SourceState::isPeer).toList();
        outside = all.stream().filter(source -> !source.isPeer()).toList();
        hasFar = peers.stream().anyMatch(peer -> !peer.isNear());
        changed();
    }

    /**
     * What every source gave, also those that are gone, in the order in which they joined. Blocks of a source that is gone
     * are still proved, with the piece that they belong to.
     */
    List<SourceReport> report() {
        return Stream.concat(gone.stream(), all.stream())
                .sorted(Comparator.comparing(source -> source.id))
                .map(s -> new SourceReport(s.id, s.info, s.good(), s.wasted(), (long) s.rate(), s.firstBytes()))
                .toList();
    }
}
