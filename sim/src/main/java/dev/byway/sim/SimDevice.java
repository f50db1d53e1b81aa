package dev.byway.sim;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Download;
import dev.byway.core.swarm.DownloadEffect;
import dev.byway.core.swarm.DownloadEvent;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.swarm.SourceId;
import dev.byway.core.swarm.SourceInfo;
import dev.byway.core.swarm.TransferId;
import dev.byway.core.swarm.Tuning;
import dev.byway.core.swarm.UploadSlots;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One device: the shell that the agent is in reality, with virtual cables and a virtual disk. */
final class SimDevice {
    private static final SourceId ORIGIN = new SourceId(0);

    final int index;
    final DeviceId id;
    final Site site;
    final Behaviour behaviour;
    final Pipe up;
    final Pipe down;
    private final Office office;
    private final Agenda agenda;
    private final SimContent content;
    private final Digest[] disk;
    private final PieceSet durable;
    private PieceSet heldAtStart;
    private final TreeMap<Integer, SimDevice> links = new TreeMap<>();
    private final Map<TransferId, Grant> grants = new HashMap<>();
    private final Map<UploadKey, Stream> uploads = new HashMap<>();
    private final Map<UploadKey, ByteRange> asked = new HashMap<>();
    private UploadSlots slots;
    private Optional<Download> download = Optional.empty();
    private int life;
    private int wakes;
    Moment startedAt = Moment.ZERO;
    Optional<Moment> doneAt = Optional.empty();
    Optional<String> failed = Optional.empty();
    final List<String> story = new ArrayList<>();

    private record UploadKey(int peer, int request) {}

    private static final class Grant {
        final SourceId source;
        long position;
        long end;
        Optional<Stream> stream = Optional.empty();

        Grant(SourceId source, ByteRange range) {
            this.source = source;
            this.position = range.offset();
            this.end = range.end();
        }
    }

    SimDevice(Office office, int index, Site site, Behaviour behaviour, double megabits) {
        this.office = office;
        this.agenda = office.agenda();
        this.content = office.content();
        this.index = index;
        this.site = site;
        this.behaviour = behaviour;
        this.id = new DeviceId(Digest.sha256(new byte[] {(byte) index, (byte) (index >> 8), (byte) office.salt()}));
        this.up = new Pipe(agenda, megabits);
        this.down = new Pipe(agenda, megabits);
        this.disk = new Digest[(int) ((content.layout().length() + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK)];
        this.durable = PieceSet.none(content.layout().pieceCount());
        this.heldAtStart = durable.copy();
        this.slots = newSlots();
    }

    private static UploadSlots newSlots() {
        return new UploadSlots(4, Duration.ofSeconds(1));
    }

    // ---- life ----

    void start() {
        life++;
        startedAt = doneAt.isPresent() || life > 1 ? startedAt : agenda.now();
        slots = newSlots();
        heldAtStart = durable.copy();
        if (behaviour == Behaviour.HONEST) {
            download = Optional.of(new Download(content.layer(), durable, id, true, Tuning.DEFAULT, agenda.now()));
            tell(new DownloadEvent.Joined(ORIGIN, SourceInfo.origin("origin")));
        }
    }

    /** Dies without a word; what was not durable is lost. */
    void crash() {
        life++;
        grants.values().forEach(grant -> grant.stream.ifPresent(Stream::stop));
        grants.clear();
        uploads.values().forEach(Stream::stop);
        uploads.clear();
        asked.clear();
        download = Optional.empty();
        for (SimDevice peer : List.copyOf(links.values())) {
            unlink(peer);
        }
    }

    boolean isUp() {
        return behaviour != Behaviour.HONEST || download.isPresent();
    }

    boolean isDone() {
        return doneAt.isPresent();
    }

    Download download() {
        return download.orElseThrow();
    }

    /** Bytes of the pieces proved since this life began. */
    long newBytes() {
        PieceSet held = held();
        long bytes = 0;
        for (int piece = held.next(0); piece >= 0; piece = held.next(piece + 1)) {
            bytes += heldAtStart.has(piece) ? 0 : content.layout().piece(piece).length();
        }
        return bytes;
    }

    private boolean wants() {
        return behaviour == Behaviour.HONEST ? !isDone() : behaviour == Behaviour.CLAIMER;
    }

    // ---- links ----

    int linkCount() {
        return links.size();
    }

    boolean isLinked(SimDevice peer) {
        return links.containsKey(peer.index);
    }

    static void link(SimDevice a, SimDevice b) {
        a.links.put(b.index, b);
        b.links.put(a.index, a);
        a.greet(b);
        b.greet(a);
    }

    private void greet(SimDevice peer) {
        if (behaviour == Behaviour.HONEST) {
            tell(new DownloadEvent.Joined(
                    source(peer),
                    SourceInfo.peer(
                            isNear(peer) ? SourceKind.LAN : SourceKind.INTERNET,
                            peer.id,
                            "device " + peer.index,
                            peer.id.toString())));
        }
        PieceSet held = behaviour == Behaviour.HONEST
                ? held()
                : behaviour == Behaviour.CLAIMER
                        ? PieceSet.none(content.layout().pieceCount())
                        : PieceSet.all(content.layout().pieceCount());
        boolean wants = wants();
        say(peer, p -> p.tell(new DownloadEvent.Holds(p.source(this), held)));
        say(peer, p -> p.tell(new DownloadEvent.Wants(p.source(this), wants)));
        if (behaviour == Behaviour.CLAIMER) {
            claimEverything(peer);
        }
    }

    private PieceSet held() {
        return download.map(Download::held).orElse(durable);
    }

    private void claimEverything(SimDevice peer) {
        for (int piece = 0; piece < content.layout().pieceCount(); piece++) {
            int claimed = piece;
            say(
                    peer,
                    p -> p.tell(new DownloadEvent.IntentHeard(p.source(this), claimed, Duration.ofSeconds(60), false)));
        }
        agenda.in(Duration.ofSeconds(1), () -> {
            if (isLinked(peer) && !office.isOver()) {
                claimEverything(peer);
            }
        });
    }

    private void unlink(SimDevice peer) {
        links.remove(peer.index);
        agenda.in(office.latency(this, peer), () -> {
            if (peer.links.remove(index) != null) {
                peer.forget(this);
            }
        });
        forget(peer);
    }

    private void forget(SimDevice peer) {
        grants.entrySet().removeIf(e -> e.getValue().source.equals(source(peer)));
        uploads.entrySet().removeIf(e -> {
            boolean theirs = e.getKey().peer() == peer.index;
            if (theirs) {
                e.getValue().stop();
            }
            return theirs;
        });
        asked.keySet().removeIf(key -> key.peer() == peer.index);
        serve(slots.gone(peer.index, agenda.now()));
        tell(new DownloadEvent.Left(source(peer), "link closed"));
    }

    private SourceId source(SimDevice peer) {
        return new SourceId(peer.index + 1);
    }

    private interface Message {
        void reach(SimDevice peer);
    }

    private void say(SimDevice peer, Message message) {
        int theirLife = peer.life;
        int ourLife = life;
        agenda.in(office.latency(this, peer), () -> {
            if (peer.life == theirLife && life == ourLife && isLinked(peer)) {
                message.reach(peer);
            }
        });
    }

    // ---- rules and their effects ----

    void tell(DownloadEvent event) {
        if (download.isEmpty()) {
            return;
        }
        for (DownloadEffect effect : download.get().handle(event, agenda.now())) {
            perform(effect);
        }
        office.check(this);
    }

    private void perform(DownloadEffect effect) {
        switch (effect) {
            case DownloadEffect.Fetch fetch -> fetch(fetch);
            case DownloadEffect.Trim trim -> trim(trim);
            case DownloadEffect.Commit commit -> commit(commit.piece());
            case DownloadEffect.TellIntent intent ->
                peer(intent.peer())
                        .ifPresent(peer -> say(
                                peer,
                                p -> p.tell(new DownloadEvent.IntentHeard(
                                        p.source(this), intent.piece(), intent.lease(), intent.relayed()))));
            case DownloadEffect.Complain ignored -> {}
            case DownloadEffect.Ban ban -> peer(ban.source()).ifPresent(this::unlink);
            case DownloadEffect.Explain explain -> story.add(explain.code() + " " + explain.detail());
            case DownloadEffect.WakeAt wake -> {
                int mine = ++wakes;
                int ourLife = life;
                agenda.at(wake.moment(), () -> {
                    if (mine == wakes && ourLife == life) {
                        tell(new DownloadEvent.Tick());
                    }
                });
            }
            case DownloadEffect.Done ignored -> {
                doneAt = Optional.of(agenda.now());
                links.values().forEach(peer -> say(peer, p -> p.tell(new DownloadEvent.Wants(p.source(this), false))));
                office.done(this);
            }
            case DownloadEffect.Failed reason -> {
                failed = Optional.of(reason.why());
                office.done(this);
            }
        }
    }

    private Optional<SimDevice> peer(SourceId source) {
        return Optional.ofNullable(links.get(source.number() - 1));
    }

    private void fetch(DownloadEffect.Fetch fetch) {
        Grant grant = new Grant(fetch.source(), fetch.range());
        grants.put(fetch.transfer(), grant);
        if (fetch.source().equals(ORIGIN)) {
            if (office.originIsDead()) {
                agenda.in(
                        office.latency(),
                        () -> tell(new DownloadEvent.Ended(fetch.transfer(), new Ending.Broken("connection refused"))));
                return;
            }
            grant.stream = Optional.of(office.fromOrigin(
                    this,
                    fetch.range().length(),
                    size -> receive(fetch.transfer(), size, false),
                    () -> complete(fetch.transfer())));
        } else {
            peer(fetch.source())
                    .ifPresent(peer ->
                            say(peer, p -> p.asked(this, fetch.transfer().number(), fetch.range())));
        }
    }

    private void trim(DownloadEffect.Trim trim) {
        Grant grant = grants.get(trim.transfer());
        if (grant == null) {
            return;
        }
        grant.end = Math.min(grant.end, trim.end());
        if (grant.position >= grant.end) {
            grants.remove(trim.transfer());
            grant.stream.ifPresent(Stream::stop);
            peer(grant.source)
                    .ifPresent(peer ->
                            say(peer, p -> p.cancelled(this, trim.transfer().number())));
        }
    }

    private void commit(int piece) {
        PieceLayout layout = content.layout();
        long first = layout.piece(piece).offset() / PieceLayout.BLOCK;
        for (int block = 0; block < layout.blocksIn(piece); block++) {
            office.require(
                    content.leaf(first + block).equals(disk[(int) first + block]),
                    this,
                    "committed piece " + piece + " with a wrong block on disk");
        }
        durable.add(piece);
        links.values().forEach(peer -> say(peer, p -> p.tell(new DownloadEvent.Has(p.source(this), piece, 1))));
    }

    // ---- receiving ----

    private void receive(TransferId transfer, long size, boolean wrong) {
        Grant grant = grants.get(transfer);
        if (grant == null) {
            return;
        }
        List<Digest> leaves = new ArrayList<>();
        long end = Math.min(grant.position + size, grant.end);
        while (grant.position < end) {
            int block = (int) (grant.position / PieceLayout.BLOCK);
            disk[block] = wrong ? content.wrongLeaf(block) : content.leaf(block);
            leaves.add(disk[block]);
            grant.position = Math.min(grant.position + PieceLayout.BLOCK, end);
        }
        tell(new DownloadEvent.Arrived(transfer, leaves));
        Grant still = grants.get(transfer);
        if (still != null && still.position >= still.end) {
            still.stream.ifPresent(Stream::stop);
            peer(still.source).ifPresent(peer -> say(peer, p -> p.cancelled(this, transfer.number())));
            complete(transfer);
        }
    }

    private void complete(TransferId transfer) {
        if (grants.remove(transfer) != null) {
            tell(new DownloadEvent.Ended(transfer, new Ending.Complete()));
        }
    }

    // ---- serving ----

    private void asked(SimDevice peer, int request, ByteRange range) {
        switch (behaviour) {
            case SILENT, CLAIMER -> {}
            case POISONER -> send(peer, request, range, true);
            case HONEST -> {
                office.require(
                        held().has(content.layout().pieceAt(range.offset())),
                        this,
                        "asked for a piece it does not hold");
                asked.put(new UploadKey(peer.index, request), range);
                var upload = new UploadSlots.Upload(peer.index, request, (int) range.length());
                switch (slots.ask(upload, agenda.now())) {
                    case UploadSlots.Answer.Serve ignored -> serve(List.of(upload));
                    case UploadSlots.Answer.Queued ignored -> {}
                    case UploadSlots.Answer.Busy busy -> {
                        asked.remove(new UploadKey(peer.index, request));
                        say(peer, p -> p.refused(new TransferId(request), busy.retryAfter()));
                    }
                }
            }
        }
    }

    private void refused(TransferId transfer, Duration retryAfter) {
        if (grants.remove(transfer) != null) {
            tell(new DownloadEvent.Ended(transfer, new Ending.Busy(retryAfter)));
        }
    }

    private void serve(List<UploadSlots.Upload> starting) {
        for (UploadSlots.Upload upload : starting) {
            SimDevice peer = links.get((int) upload.link());
            ByteRange range = asked.get(new UploadKey((int) upload.link(), upload.request()));
            if (peer != null && range != null) {
                send(peer, upload.request(), range, false);
            }
        }
    }

    private void send(SimDevice peer, int request, ByteRange range, boolean wrong) {
        UploadKey key = new UploadKey(peer.index, request);
        uploads.put(
                key,
                new Stream(
                                agenda,
                                wayTo(peer),
                                office.latency(this, peer).toNanos(),
                                range.length(),
                                office.chunk(),
                                size -> peer.receive(new TransferId(request), size, wrong),
                                () -> {
                                    finished(key, range.length());
                                    peer.complete(new TransferId(request));
                                })
                        .start());
    }

    /** Whether it is in the same office. */
    boolean isNear(SimDevice peer) {
        return site.number() == peer.site.number();
    }

    private List<Pipe> wayTo(SimDevice peer) {
        return isNear(peer) ? List.of(up, peer.down) : List.of(up, site.out(), peer.site.in(), peer.down);
    }

    private void cancelled(SimDevice peer, int request) {
        UploadKey key = new UploadKey(peer.index, request);
        Stream stream = uploads.get(key);
        if (stream != null) {
            stream.stop();
        }
        finished(key, 0);
    }

    private void finished(UploadKey key, long sent) {
        uploads.remove(key);
        asked.remove(key);
        serve(slots.finished(key.peer(), key.request(), sent, agenda.now()));
    }
}
