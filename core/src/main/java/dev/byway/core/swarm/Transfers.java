package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests under way. A block is covered by one of them at the most; see {@link Assembly}. */
final class Transfers {
    private final PieceLayout layout;
    private final Assembly assembly;
    private final Claims claims;
    private final Effects effects;
    private final Map<Integer, Transfer> all = new LinkedHashMap<>();
    private int last;
    private int fromOutside;

    Transfers(Assembly assembly, Claims claims, Effects effects) {
        this.layout = assembly.layout();
        this.assembly = assembly;
        this.claims = claims;
        this.effects = effects;
    }

    /** Asks a source for bytes that are free. */
    void fetch(SourceState source, ByteRange range, Moment now) {
        Transfer transfer = new Transfer(new TransferId(++last), source, range, now);
        source.started(now);
        source.transfers.add(transfer);
        all.put(transfer.id.number(), transfer);
        fromOutside += source.isPeer() ? 0 : 1;
        assembly.cover(range);
        effects.add(new DownloadEffect.Fetch(transfer.id, source.id, range));
    }

    /** Takes back what lies behind {@code end}. */
    void trim(Transfer transfer, long end) {
        boolean over = end <= transfer.position();
        if (over) {
            release(transfer);
        } else {
            assembly.uncover(ByteRange.between(end, transfer.end()));
            transfer.trim(end);
        }
        effects.add(new DownloadEffect.Trim(transfer.id, Math.max(end, transfer.position()), over));
    }

    /** Takes back all that has not come. */
    void cut(Transfer transfer) {
        trim(transfer, transfer.position());
    }

    /** Takes everything back from a source. */
    void cutAll(SourceState source) {
        List.copyOf(source.transfers).forEach(this::cut);
    }

    /** Forgets a transfer, and with it our claim if it did not bring the piece. */
    void release(Transfer transfer) {
        if (all.remove(transfer.id.number()) == null) {
            return;
        }
        assembly.uncover(transfer.rest());
        fromOutside -= transfer.source.isPeer() ? 0 : 1;
        transfer.source.transfers.remove(transfer);
        if (!transfer.source.isNear()) {
            claims.giveUp(layout.pieceAt(transfer.isOver() ? transfer.end() - 1 : transfer.position()));
        }
    }

    void releaseAll(SourceState source) {
        List.copyOf(source.transfers).forEach(this::release);
    }

    Optional<Transfer> find(TransferId id) {
        return Optional.ofNullable(all.get(id.number()));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Collection<Transfer> all() {
        return all.values();
    }

    /** Those from outside that still bring something; a copy, in the order in which they began. */
    List<Transfer> outside() {
        if (fromOutside == 0) {
            return List.of();
        }
        List<Transfer> outside = List.of();
        for (Transfer transfer : all.values()) {
            if (!transfer.source.isPeer() && !transfer.isOver()) {
                outside = outside.isEmpty() ? new ArrayList<>() : outside;
                outside.add(transfer);
            }
        }
        return outside;
    }

    /** Those that another one need not make as well: what comes from outside and, for one of our site, from other sites. */
    List<Transfer> shared(SourceState other) {
        return all.values().stream()
                .filter(transfer -> !transfer.source.isNear() && !transfer.isOver())
                .filter(transfer -> !transfer.source.isPeer() || other.isNear())
                .toList();
    }

    /** The first free bytes of a piece. */
    Optional<ByteRange> firstFree(int piece, int most) {
        return assembly.firstFree(piece, most, all.values());
    }
}
