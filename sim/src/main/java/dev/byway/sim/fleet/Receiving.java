package dev.byway.sim.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.swarm.DownloadEffect;
import dev.byway.core.swarm.DownloadEvent;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.swarm.SourceId;
import dev.byway.core.swarm.TransferId;
import dev.byway.core.unit.ByteRange;
import dev.byway.sim.net.Stream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one device has asked for and is writing to its disk. */
final class Receiving {
    static final SourceId ORIGIN = new SourceId(0);
    static final SourceId CACHE = new SourceId(1);

    private final SimDevice device;
    private final Fleet fleet;
    private final Map<TransferId, Grant> grants = new HashMap<>();

    private static final class Grant {
        final SourceId source;
        long position;
        long end;
        boolean trimmed;
        Optional<Stream> stream = Optional.empty();

        Grant(SourceId source, ByteRange range) {
            this.source = source;
            this.position = range.offset();
            this.end = range.end();
        }
    }

    Receiving(SimDevice device, Fleet fleet) {
        this.device = device;
        this.fleet = fleet;
    }

    void fetch(DownloadEffect.Fetch fetch) {
        Grant grant = new Grant(fetch.source(), fetch.range());
        TransferId transfer = fetch.transfer();
        grants.put(transfer, grant);
        Optional<SimLink> link = device.links().with(fetch.source());
        if (link.isPresent()) {
            device.links().say(link.get(), (peer, back) -> peer.serving().asked(back, transfer, fetch.range()));
        } else if (fetch.source().equals(CACHE) || fetch.source().equals(ORIGIN)) {
            http(transfer, grant, fetch.range());
        }
    }

    private void http(TransferId transfer, Grant grant, ByteRange range) {
        if (fleet.originIsDead(device)) {
            device.soon(() -> ended(transfer, new Ending.Broken("connection refused")));
            return;
        }
        int life = device.life();
        int from = grant.source.equals(CACHE) ? Trace.CACHE : Trace.ORIGIN;
        grant.stream = Optional.of(fleet.outside(device, from == Trace.CACHE, range, size -> {
            if (device.life() == life) {
                receive(transfer, size, false, from, false);
            }
        }));
    }

    void trim(DownloadEffect.Trim trim) {
        Grant grant = grants.get(trim.transfer());
        if (grant == null) {
            return;
        }
        grant.end = Math.min(grant.end, trim.end());
        grant.trimmed = true;
        if (grant.position >= grant.end) {
            grants.remove(trim.transfer());
            stop(trim.transfer(), grant);
        }
    }

    private void stop(TransferId transfer, Grant grant) {
        grant.stream.ifPresent(Stream::stop);
        device.links()
                .with(grant.source)
                .ifPresent(link ->
                        device.links().say(link, (peer, back) -> peer.serving().cancelled(back, transfer)));
    }

    /** Bytes have come; from a device or from outside. */
    void receive(TransferId transfer, int size, boolean wrong, int from, boolean near) {
        Grant grant = grants.get(transfer);
        if (grant == null) {
            return;
        }
        long end = Math.min(grant.position + size, grant.end);
        device.site.trace.delivery(device.index, from, end - grant.position, near);
        PieceLayout layout = fleet.content().layout();
        while (grant.position < end) {
            int piece = layout.pieceAt(grant.position);
            long pieceStart = layout.piece(piece).offset();
            long stop = Math.min(end, layout.piece(piece).end());
            int first = (int) ((grant.position - pieceStart) / PieceLayout.BLOCK);
            int last = (int) ((stop - pieceStart + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK);
            int before = (int) (pieceStart / PieceLayout.BLOCK);
            device.disk().write(before + first, before + last, wrong);
            List<Digest> leaves = wrong
                    ? fleet.content().wrongLeaves(first, last)
                    : fleet.content().leaves(piece, first, last);
            grant.position = stop;
            device.tell(new DownloadEvent.Arrived(transfer, leaves));
            if (grants.get(transfer) != grant) {
                return;
            }
            end = Math.min(end, grant.end);
        }
        if (grant.position >= grant.end) {
            if (grant.trimmed) {
                stop(transfer, grant);
            }
            ended(transfer, new Ending.Complete());
        }
    }

    /** A transfer brings nothing more. */
    void ended(TransferId transfer, Ending ending) {
        if (grants.remove(transfer) != null) {
            device.tell(new DownloadEvent.Ended(transfer, ending));
        }
    }

    void forget(SourceId source) {
        grants.values().removeIf(grant -> grant.source.equals(source));
    }

    void crash() {
        grants.values().forEach(grant -> grant.stream.ifPresent(Stream::stop));
        grants.clear();
    }
}
