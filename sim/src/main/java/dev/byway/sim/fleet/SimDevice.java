package dev.byway.sim.fleet;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Download;
import dev.byway.core.swarm.DownloadEffect;
import dev.byway.core.swarm.DownloadEvent;
import dev.byway.core.swarm.SourceInfo;
import dev.byway.core.swarm.SourceReport;
import dev.byway.core.unit.Moment;
import dev.byway.sim.net.Pipe;
import dev.byway.sim.time.Agenda;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One device: the shell that the agent is in reality, with virtual cables and a virtual disk. Its site owns it. */
final class SimDevice {
    private static final int MOST_STORY = 50;

    final int index;
    final DeviceId id;
    final Site site;
    final Behaviour behaviour;
    final Group group;
    final Pipe up;
    final Pipe down;
    final Pipe write;
    private final SourceInfo asNear;
    private final SourceInfo asFar;
    private final Fleet fleet;
    private final Agenda agenda;
    private final Clock clock;
    private final SimDisk disk;
    private final SimLinks links;
    private final List<String> story = new ArrayList<>();
    private final List<Duration> finishes = new ArrayList<>();
    private Receiving receiving;
    private Serving serving;
    private PieceSet heldAtStart;
    private Optional<Download> download = Optional.empty();
    private Optional<String> failed = Optional.empty();
    private boolean isUp;
    private boolean isDone;
    private boolean isFull;
    private int life;
    private long lostBytes;
    private Moment startedAt = Moment.ZERO;
    private Moment wakeAt = new Moment(Long.MAX_VALUE);
    private long wakePlanned = Long.MAX_VALUE;

    SimDevice(Fleet fleet, int index, Site site, Group group, Clock clock) {
        this.fleet = fleet;
        this.agenda = site.agenda;
        this.index = index;
        this.site = site;
        this.group = group;
        this.behaviour = group.behaviour();
        this.clock = clock;
        byte[] name =
                ByteBuffer.allocate(12).putInt(index).putLong(fleet.seed()).array();
        this.id = new DeviceId(Digest.sha256(name));
        this.asNear = asSource(SourceKind.LAN);
        this.asFar = asSource(SourceKind.INTERNET);
        this.up = new Pipe(agenda, group.cable().up());
        this.down = new Pipe(agenda, group.cable().down());
        this.write = new Pipe(agenda, group.disk().megabytes() * 1.048576 * 8);
        this.disk = new SimDisk(fleet.content().layout(), group.holds());
        this.heldAtStart = disk.durable();
        this.links = new SimLinks(this, fleet);
        this.receiving = new Receiving(this, fleet);
        this.serving = new Serving(this, fleet);
    }

    private SourceInfo asSource(SourceKind kind) {
        return SourceInfo.peer(kind, id, "device " + index, id.toString());
    }

    // ---- life ----

    void start() {
        isUp = true;
        life++;
        startedAt = life == 1 ? agenda.now() : startedAt;
        heldAtStart = disk.durable().copy();
        lostBytes = 0;
        receiving = new Receiving(this, fleet);
        serving = new Serving(this, fleet);
        if (behaviour.downloads() && !group.holds()) {
            download =
                    Optional.of(new Download(fleet.content().layer(), disk.durable(), id, true, fleet.tuning(), now()));
            tell(new DownloadEvent.Joined(Receiving.ORIGIN, SourceInfo.origin("origin")));
            if (site.cache.isPresent()) {
                SourceInfo cache = new SourceInfo(SourceKind.CACHE, Optional.empty(), "cache", "cache");
                tell(new DownloadEvent.Joined(Receiving.CACHE, cache));
            }
        }
    }

    /** Dies without a word; what was not durable is lost. */
    void crash() {
        life++;
        isUp = false;
        wakePlanned = Long.MAX_VALUE;
        receiving.crash();
        serving.crash();
        download = Optional.empty();
        links.closeAll();
    }

    /** Leaves; in its place somebody new comes, who has nothing. */
    void giveWay() {
        crash();
        disk.wipe();
        isDone = false;
        isFull = false;
        startedAt = agenda.now();
    }

    /** Gives up for a reason of its own. */
    private void giveUp(String why) {
        failed = Optional.of(why);
        site.trace.line(index, "gives up: " + why);
        crash();
        fleet.ended(this);
    }

    boolean isUp() {
        return isUp;
    }

    boolean isDone() {
        return isDone;
    }

    int life() {
        return life;
    }

    /** What its own clock shows. */
    Moment now() {
        return clock.at(agenda.now());
    }

    Receiving receiving() {
        return receiving;
    }

    Serving serving() {
        return serving;
    }

    SimDisk disk() {
        return disk;
    }

    // ---- what became of it ----

    Optional<Download> download() {
        return download;
    }

    /** How long each of its downloads took. */
    List<Duration> finishes() {
        return finishes;
    }

    Optional<String> failed() {
        return failed;
    }

    List<String> story() {
        return story;
    }

    List<SourceReport> report() {
        return download.map(Download::report).orElse(List.of());
    }

    /** Bytes of the pieces proved since this life began, also of those that were lost again. */
    long newBytes() {
        PieceSet held = download.map(Download::held).orElse(heldAtStart);
        long bytes = lostBytes;
        for (int piece = held.next(0); piece >= 0; piece = held.next(piece + 1)) {
            bytes += heldAtStart.has(piece)
                    ? 0
                    : fleet.content().layout().piece(piece).length();
        }
        return bytes;
    }

    /** Whether something wakes it within two seconds, or nothing need. */
    boolean willWake() {
        return download.isEmpty()
                || download.get().isOver()
                || wakeAt.nanos() - agenda.now().nanos() < 2_000_000_000L;
    }

    // ---- neighbours ----

    /** Whether it is in the same site. */
    boolean isNear(SimDevice peer) {
        return site.number == peer.site.number;
    }

    SimLinks links() {
        return links;
    }

    /** A link stands: says what a device says first. */
    void meet(SimLink link) {
        SimDevice peer = link.peer;
        if (behaviour.downloads()) {
            tell(new DownloadEvent.Joined(link.source, isNear(peer) ? peer.asNear : peer.asFar));
        }
        PieceSet shown = shown();
        boolean wants = behaviour == Behaviour.CLAIMER || (download.isPresent() && !isDone);
        links.say(link, (there, back) -> there.tell(new DownloadEvent.Holds(back.source, shown)));
        links.say(link, (there, back) -> there.tell(new DownloadEvent.Wants(back.source, wants)));
        if (behaviour == Behaviour.DECLINER) {
            links.say(link, (there, back) -> there.tell(new DownloadEvent.Refuses(back.source, true)));
            tell(new DownloadEvent.Withheld(link.source, true));
        }
        if (behaviour == Behaviour.CLAIMER) {
            claimEverything(link);
        }
    }

    private PieceSet shown() {
        int pieces = fleet.content().layout().pieceCount();
        return switch (behaviour) {
            case HONEST -> disk.durable().copy();
            case DECLINER, FREE_RIDER, CLAIMER -> PieceSet.none(pieces);
            case POISONER, SILENT -> PieceSet.all(pieces);
        };
    }

    private void claimEverything(SimLink link) {
        for (int piece = 0; piece < fleet.content().layout().pieceCount(); piece++) {
            int claimed = piece;
            links.say(
                    link,
                    (peer, back) -> peer.tell(
                            new DownloadEvent.IntentHeard(back.source, claimed, Duration.ofSeconds(60), false)));
        }
        agenda.in(Duration.ofSeconds(1), () -> {
            if (links.isOpen(link.peer, link.number)) {
                claimEverything(link);
            }
        });
    }

    /** A link is gone. */
    void part(SimLink link) {
        receiving.forget(link.source);
        serving.gone(link.peer.index);
        tell(new DownloadEvent.Left(link.source, "link closed"));
    }

    /** Something that this device finds out by itself, a moment later. */
    void soon(Runnable action) {
        int ours = life;
        agenda.inNanos(fleet.wordNanos(this, this), () -> {
            if (ours == life) {
                action.run();
            }
        });
    }

    // ---- rules and their effects ----

    void tell(DownloadEvent event) {
        if (download.isEmpty()) {
            return;
        }
        site.told++;
        List<DownloadEffect> effects = download.get().handle(event, now());
        for (int i = 0; i < effects.size(); ) {
            i += perform(effects, i);
        }
        fleet.check(this);
    }

    /** What many are told alike is said together; how many they are. */
    private int tellIntents(List<DownloadEffect> effects, int from, DownloadEffect.TellIntent first) {
        List<SimLink> hearers = new ArrayList<>();
        int at = from;
        while (at < effects.size()
                && effects.get(at) instanceof DownloadEffect.TellIntent intent
                && isAlike(intent, first)) {
            trace(intent);
            links.with(intent.peer())
                    .filter(ignored -> behaviour != Behaviour.DECLINER)
                    .ifPresent(hearers::add);
            at++;
        }
        links.say(
                hearers,
                (peer, back) -> peer.tell(
                        new DownloadEvent.IntentHeard(back.source, first.piece(), first.lease(), first.relayed())));
        return at - from;
    }

    private static boolean isAlike(DownloadEffect.TellIntent one, DownloadEffect.TellIntent other) {
        return one.piece() == other.piece()
                && one.relayed() == other.relayed()
                && one.lease().equals(other.lease());
    }

    private void trace(DownloadEffect effect) {
        if (site.trace.isKept() && !(effect instanceof DownloadEffect.WakeAt)) {
            site.trace.line(index, Words.of(effect));
        }
    }

    /** Does what stands there, and those after it that belong to it; how many they are. */
    private int perform(List<DownloadEffect> effects, int at) {
        DownloadEffect effect = effects.get(at);
        if (effect instanceof DownloadEffect.TellIntent intent) {
            return tellIntents(effects, at, intent);
        }
        trace(effect);
        perform(effect);
        return 1;
    }

    private void perform(DownloadEffect effect) {
        switch (effect) {
            case DownloadEffect.Fetch fetch -> receiving.fetch(fetch);
            case DownloadEffect.Trim trim -> receiving.trim(trim);
            case DownloadEffect.Commit commit -> commit(commit.piece());
            case DownloadEffect.TellHave have -> {
                if (behaviour == Behaviour.HONEST) {
                    sayHas(link -> link.source.equals(have.peer()), have.firstPiece(), have.count());
                }
            }
            case DownloadEffect.TellIntent intent -> tellIntents(List.of(effect), 0, intent);
            case DownloadEffect.Complain ignored -> {}
            case DownloadEffect.Ban ban -> links.with(ban.source()).ifPresent(links::close);
            case DownloadEffect.Explain explain -> {
                if (story.size() < MOST_STORY) {
                    story.add(explain.code() + " " + explain.detail());
                }
            }
            case DownloadEffect.WakeAt wake -> wakeAt(clock.when(wake.moment()));
            case DownloadEffect.Done ignored -> done();
            case DownloadEffect.Failed reason -> {
                failed = Optional.of(reason.why());
                fleet.ended(this);
            }
        }
    }

    private void done() {
        if (isFull) {
            return;
        }
        isDone = true;
        finishes.add(agenda.now().since(startedAt));
        if (behaviour == Behaviour.HONEST) {
            sayHas(link -> link.isSpared, 0, fleet.content().layout().pieceCount());
        }
        links.sayAll((peer, back) -> peer.tell(new DownloadEvent.Wants(back.source, false)));
        fleet.ended(this);
    }

    private void wakeAt(Moment moment) {
        wakeAt = moment;
        if (moment.nanos() < wakePlanned) {
            planWake(moment.nanos());
        }
    }

    /** Timers are not withdrawn, which costs more than to find out that one rang too early. */
    private void planWake(long nanos) {
        wakePlanned = nanos;
        int ours = life;
        agenda.at(new Moment(nanos), () -> {
            if (ours != life || wakePlanned != nanos) {
                return;
            }
            wakePlanned = Long.MAX_VALUE;
            if (wakeAt.nanos() > nanos) {
                planWake(wakeAt.nanos());
            } else {
                tell(new DownloadEvent.Tick());
            }
        });
    }

    private void commit(int piece) {
        fleet.require(disk.commit(piece), this, "committed piece " + piece + " with a wrong or missing block on disk");
        if (disk.durable().count() > group.disk().room() * disk.durable().size()) {
            isFull = true;
            int ours = life;
            agenda.inNanos(0, () -> {
                if (ours == life) {
                    giveUp("disk full");
                }
            });
            return;
        }
        if (behaviour == Behaviour.HONEST) {
            sayHas(link -> isNewsTo(link, piece), piece, 1);
        }
        if (group.disk().rot() > 0
                && agenda.random().nextDouble() < group.disk().rot()) {
            int ours = life;
            agenda.in(Duration.ofSeconds(3), () -> {
                if (ours == life
                        && download.isPresent()
                        && !isDone
                        && disk.durable().has(piece)) {
                    disk.lose(piece);
                    lostBytes += fleet.content().layout().piece(piece).length();
                    tell(new DownloadEvent.Lost(piece));
                }
            });
        }
    }

    private void sayHas(Predicate<SimLink> hearers, int first, int count) {
        links.sayTo(hearers, (peer, back) -> peer.tell(new DownloadEvent.Has(back.source, first, count)));
    }

    private boolean isNewsTo(SimLink link, int piece) {
        if (download.filter(rules -> rules.isHeldBy(link.source, piece)).isEmpty()) {
            return true;
        }
        link.isSpared = true;
        return false;
    }

    /** Whether it has a piece to give. */
    boolean gives(int piece) {
        return disk.durable().has(piece);
    }
}
