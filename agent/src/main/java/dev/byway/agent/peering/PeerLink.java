package dev.byway.agent.peering;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.link.Link;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Neighbours;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One link, the contents that both sides opened on it, and the requests of ours that are under way. What we say may be said
 * by any thread; what the peer opened belongs to the device loop.
 */
public final class PeerLink {
    /** Pieces of all contents that the peer has open: what is remembered of them takes half a megabyte at the most. */
    static final int MAX_PIECES = 1 << 22;

    private final Link link;
    private final long number;
    private final SourceKind kind;
    private volatile Standing standing;
    private final Map<ContentId, Integer> ours = new ConcurrentHashMap<>();
    private final Map<Integer, Reason> refusals = new ConcurrentHashMap<>();
    private final Map<Integer, Receiver> receivers = new ConcurrentHashMap<>();
    private final AtomicInteger lastChannel = new AtomicInteger();
    private final AtomicInteger lastRequest = new AtomicInteger();
    private final Map<Integer, Offer> theirs = new HashMap<>();
    private final Map<ContentId, PieceSet> given = new HashMap<>();
    private final Set<ContentId> shelved = new HashSet<>();
    private final Set<Digest> seeks = new HashSet<>();
    private final Map<Integer, CompletableFuture<List<Digest>>> hashes = new ConcurrentHashMap<>();

    PeerLink(Link link, long number, Standing standing) {
        this.link = link;
        this.number = number;
        this.kind = standing.kind();
        this.standing = standing;
    }

    /** What may go over this link at present. */
    Standing standing() {
        return standing;
    }

    /** From now on this may go over it. */
    void stands(Standing now) {
        standing = now;
    }

    Link link() {
        return link;
    }

    long number() {
        return number;
    }

    /** How near the peer is, as it was judged when the link opened. */
    public SourceKind kind() {
        return kind;
    }

    public DeviceId device() {
        return link.peer().device();
    }

    /** Address of the peer, and the port on which it takes links if it does, for people. */
    public String name() {
        int dialled = link.hello().port();
        int port = link.dialledHere() || dialled == 0 ? link.remote().getPort() : dialled;
        return Neighbours.name(link.remote().getAddress(), port);
    }

    /** Where its packets come from. */
    public InetAddress address() {
        return link.remote().getAddress();
    }

    /** What faults of the peer count against. */
    public String liable() {
        return Neighbours.liable(link.peer(), link.remote().getAddress());
    }

    /** For people. */
    public AgentStatus.LinkStatus status() {
        return new AgentStatus.LinkStatus(
                device().toString(),
                name(),
                link.dialledHere(),
                kind.name().toLowerCase(Locale.ROOT),
                link.hello().software(),
                link.bytesIn(),
                link.bytesOut());
    }

    // ---- what we say ----

    /** Opens a content on this link and says what we hold of it, unless it is open; whether it was not. */
    public boolean open(ContentId content, int pieceLength, boolean wants, PieceSet held) {
        int fresh = lastChannel.incrementAndGet();
        boolean opens = ours.putIfAbsent(content, fresh) == null;
        if (opens) {
            link.send(new Frame.Open(fresh, content, pieceLength, wants, ByteString.EMPTY));
            if (!held.isEmpty() && gives()) {
                link.send(new Frame.Bitfield(fresh, held.toBytes()));
            }
        }
        return opens;
    }

    /** Says that we neither hold nor want a content any more. */
    public void close(ContentId content) {
        Integer channel = ours.remove(content);
        if (channel != null) {
            refusals.remove(channel);
            link.send(new Frame.Close(channel));
        }
    }

    /** Whether what we hold and fetch is of any use to the peer. */
    private boolean gives() {
        return standing.giving().isEmpty();
    }

    /** Contents that are open from this side. */
    Set<ContentId> opened() {
        return Set.copyOf(ours.keySet());
    }

    /** The content that this side opened with this number. */
    Optional<ContentId> ours(int channel) {
        return ours.entrySet().stream()
                .filter(entry -> entry.getValue() == channel)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Says that we now hold these pieces. */
    public void have(ContentId content, int firstPiece, int count) {
        channel(content)
                .filter(_ -> gives())
                .ifPresent(channel -> link.send(new Frame.Have(channel, firstPiece, count)));
    }

    /** Says that we, or a neighbour, fetch a piece from outside; left unsaid when the peer was told very much already. */
    public void intent(ContentId content, int piece, Duration lease, boolean relayed) {
        if (gives() && link.maySend(Allowance.INTENT)) {
            channel(content)
                    .ifPresent(channel -> link.send(new Frame.Intent(channel, piece, (int) lease.toMillis(), relayed)));
        }
    }

    /** Says that a piece it sent failed its proof. */
    public void complain(ContentId content, int piece) {
        if (link.maySend(Allowance.COMPLAINT)) {
            channel(content).ifPresent(channel -> link.send(new Frame.Complaint(channel, piece)));
        }
    }

    /**
     * Asks for a range within one piece.
     *
     * @return the number of the request; empty when the content is not open on this link
     */
    public Optional<Integer> request(ContentId content, ByteRange range, Receiver receiver) {
        return channel(content).map(channel -> {
            int request = lastRequest.updateAndGet(n -> n == Integer.MAX_VALUE ? 1 : n + 1);
            receivers.put(request, receiver);
            link.send(new Frame.Request(channel, request, range.offset(), (int) range.length()));
            return request;
        });
    }

    /**
     * Asks for digests of the piece layer.
     *
     * @return completed with them, or with none when the peer does not give them
     */
    public CompletableFuture<List<Digest>> hashes(ContentId content, int firstPiece, int count) {
        CompletableFuture<List<Digest>> answer = new CompletableFuture<>();
        Optional<Integer> channel = channel(content);
        if (channel.isEmpty()) {
            answer.complete(List.of());
        } else {
            int request = lastRequest.updateAndGet(n -> n == Integer.MAX_VALUE ? 1 : n + 1);
            hashes.put(request, answer);
            link.send(new Frame.HashRequest(channel.get(), request, firstPiece, count));
        }
        return answer;
    }

    /** Ends a request: all of it has come, or the rest is not needed; only then the peer is told. */
    public void endRequest(int request, boolean complete) {
        if (receivers.remove(request) != null && !complete) {
            link.send(new Frame.Cancel(request));
        }
    }

    private Optional<Integer> channel(ContentId content) {
        return Optional.ofNullable(ours.get(content));
    }

    // ---- what the peer says ----

    /** On the link's reader thread. */
    void data(Frame.Data data) {
        Receiver receiver = receivers.get(data.request());
        if (receiver != null) {
            receiver.data(data.bytes());
        }
    }

    void hashed(Frame.Hashes came) {
        CompletableFuture<List<Digest>> asked = hashes.remove(came.request());
        if (asked != null) {
            asked.complete(came.digests());
        }
    }

    /** The link is gone: nothing that was asked on it comes any more. */
    void isGone() {
        hashes.values().forEach(asked -> asked.complete(List.of()));
    }

    /** Whether the peer answers what this device seeks by its digest. */
    boolean answersSeek() {
        return (link.hello().features() & Feature.SEEK) != 0;
    }

    /** Files that the peer seeks by their digests. */
    Set<Digest> seeks() {
        return seeks;
    }

    void rejected(Frame.RejectRequest reject) {
        CompletableFuture<List<Digest>> asked = hashes.remove(reject.request());
        if (asked != null) {
            asked.complete(List.of());
        }
        Receiver receiver = receivers.remove(reject.request());
        if (receiver != null) {
            receiver.rejected(reject.reason(), Duration.ofMillis(reject.retryAfterMillis()));
        }
    }

    /** Whether there is room to remember that the peer opened so many pieces more. */
    boolean hasRoomFor(int pieces) {
        return theirs.values().stream().mapToLong(Offer::pieces).sum() + pieces <= MAX_PIECES;
    }

    void theyOpened(int channel, Offer offer) {
        theirs.put(channel, offer);
        channel(offer.content()).ifPresent(refusals::remove);
    }

    /** The peer does not give what we opened with this number. */
    void refuses(int channel, Reason reason) {
        refusals.put(channel, reason);
    }

    /** Why the peer gives us nothing of a content; holds until it opens the content anew, for all downloads until then. */
    Optional<Reason> refusal(ContentId content) {
        return channel(content).map(refusals::get);
    }

    /** Notes that a piece, or a part of it, is sent to the peer. */
    void gave(StoredContent content, int piece) {
        given.computeIfAbsent(content.id(), id -> PieceSet.none(content.layout().pieceCount()))
                .add(piece);
    }

    /** Whether the peer may complain about a piece: once for each time that it was sent. */
    boolean mayComplain(ContentId content, int piece) {
        PieceSet pieces = given.get(content);
        return pieces != null && pieces.remove(piece);
    }

    Optional<Offer> theirs(int channel) {
        return Optional.ofNullable(theirs.get(channel));
    }

    Optional<Offer> theyClosed(int channel) {
        return Optional.ofNullable(theirs.remove(channel));
    }

    /** What the peer opened, by its numbers; a copy. */
    Map<Integer, Offer> theirs() {
        return Map.copyOf(theirs);
    }

    Optional<Offer> offer(ContentId content) {
        return theirs.values().stream().filter(o -> o.content().equals(content)).findFirst();
    }

    /** Contents that this peer keeps on the shelf. */
    Set<ContentId> shelved() {
        return shelved;
    }

    void hashes(Frame.Hashes hashes) {
        link.send(hashes);
    }

    void reject(int request, RejectReason reason, Duration retryAfter) {
        link.send(new Frame.RejectRequest(request, reason, (int) retryAfter.toMillis()));
    }
}
