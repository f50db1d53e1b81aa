package dev.byway.agent.fleet;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.ConnectRequest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.EnrolledDevices;
import dev.byway.core.fleet.Enrolment;
import dev.byway.core.fleet.FilteringAnswer;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.Health;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Message;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.NearbyRequest;
import dev.byway.core.fleet.ProbeAnswer;
import dev.byway.core.fleet.ProbeRequest;
import dev.byway.core.fleet.Publication;
import dev.byway.core.fleet.PublisherOrder;
import dev.byway.core.fleet.Publishers;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.RenewRequest;
import dev.byway.core.fleet.TokenGrant;
import dev.byway.core.fleet.TokenOrder;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The coordinator as its callers see it. Every method blocks its caller for {@link CallLimits#call()} at most; and throws
 * {@link CoordinatorRefusedException} when the coordinator says no, {@link CoordinatorUnreachableException} when it does not
 * answer (then {@link #state()} says since when and why), {@link MalformedMessageException} when what it says makes no sense.
 * Any thread.
 */
public final class FleetClient implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Calls calls;

    /** Calls the coordinator at {@code address} as {@code credential}. Opens no connection yet. */
    public FleetClient(FleetAddress address, Credential credential) {
        this(address, credential, CallLimits.DEFAULT, InstantSource.system());
    }

    public FleetClient(FleetAddress address, Credential credential, CallLimits limits, InstantSource clock) {
        this.calls = new Calls(address, credential, limits, clock);
    }

    /** What is known of the coordinator. */
    public CoordinatorState state() {
        return calls.state();
    }

    /** Whether it is there. */
    public Health health() {
        return Health.read(get("/v1/health"));
    }

    /** Where it is called, as it was last. */
    public String url() {
        return calls.url();
    }

    /** A new certificate for the same key; {@code request} as in {@link Joining}. */
    public Enrolment renew(ByteString request) {
        return Enrolment.read(post("/v1/renew", new RenewRequest(request)));
    }

    /** The fleet's signed list of publishers, for {@link Publishers#open}. */
    public ByteString publishers() {
        return ByteString.of(get("/v1/publishers"));
    }

    /** What the coordinator says of a URL. */
    public sealed interface Lookup {
        /** That is there. To be judged by the table of trust. */
        record Found(Envelope envelope) implements Lookup {}

        /** It knows nothing, and is finding out. */
        record Learning() implements Lookup {}

        /** It knows nothing. */
        record Unknown() implements Lookup {}
    }

    /** What the coordinator says is at {@code url}; empty when it knows nothing. To be judged by the table of trust. */
    public Optional<Envelope> lookUp(URI url) {
        return lookUp(LookupRequest.of(url.toString())) instanceof Lookup.Found(Envelope envelope)
                ? Optional.of(envelope)
                : Optional.empty();
    }

    /** What the coordinator says to a request. */
    public Lookup lookUp(LookupRequest request) {
        try {
            return new Lookup.Found(envelope(post("/v1/content/lookup", request, FleetLimits.ENVELOPE)));
        } catch (CoordinatorRefusedException e) {
            return switch (e.refusal().reason()) {
                case NOT_FOUND -> new Lookup.Unknown();
                case LEARNING -> new Lookup.Learning();
                default -> throw e;
            };
        }
    }

    /** The newest manifest of a content; empty when the coordinator has none. To be judged by the table of trust. */
    public Optional<Envelope> envelope(ContentId content) {
        return found(() -> calls.call("GET", "/v1/content/" + content, NOTHING, FleetLimits.ENVELOPE))
                .map(FleetClient::envelope);
    }

    private static Envelope envelope(byte[] json) {
        try {
            return Envelope.parse(json);
        } catch (UntrustedContentException e) {
            throw new MalformedMessageException("the coordinator's answer is no envelope: " + e.getMessage());
        }
    }

    /**
     * The piece layer of a content, proved; empty when the coordinator has none.
     *
     * @throws UntrustedContentException when it does not prove itself
     */
    public Optional<PieceLayer> layer(ContentId content, PieceLayout layout) {
        Optional<PieceLayer> known = PieceLayer.ofOnePiece(content, layout);
        return known.isPresent()
                ? known
                : found(() -> calls.call("GET", layerPath(content, layout), NOTHING, FleetLimits.LAYER))
                        .map(bytes -> PieceLayer.read(content, layout, ByteBuffer.wrap(bytes)));
    }

    private static String layerPath(ContentId content, PieceLayout layout) {
        return "/v1/content/" + content + "/layers/" + layout.pieceLength();
    }

    /**
     * Publishes a signed envelope and the layers that the coordinator lacks. Takes one call for each layer.
     *
     * @param layers gives the layer of each content that the envelope speaks of
     */
    public Publication publish(Envelope envelope, Function<ContentId, PieceLayer> layers) {
        Publication publication =
                Publication.read(calls.call("POST", "/v1/content", envelope.toBytes(), FleetLimits.ENVELOPE));
        for (ContentId content : publication.missingLayers()) {
            PieceLayer layer = layers.apply(content);
            calls.call(
                    "PUT", layerPath(content, layer.layout()), layer.toBytes().toArray(), FleetLimits.BODY);
        }
        return publication;
    }

    /** Says what this device has and wants. */
    public AnnouncementAnswer announce(Announcement announcement) {
        return AnnouncementAnswer.read(post("/v1/announce", announcement));
    }

    /** Asks that {@code device} dial this one; whether it was told. */
    public boolean connect(DeviceId device) {
        return found(() -> post("/v1/connect", new ConnectRequest(device))).isPresent();
    }

    /** Has this device's port dialled from the coordinator, which takes up to four seconds. */
    public ProbeAnswer probe(int port) {
        return ProbeAnswer.read(post("/v1/probe", new ProbeRequest(port)));
    }

    /** Has a bubble sent to this device's Teredo address from another port of the coordinator's; at once. */
    public FilteringAnswer filtering(FilteringRequest request) {
        return FilteringAnswer.read(post("/v1/teredo/filtering", request));
    }

    /**
     * Holds the stream of events until the returned handle is closed, reconnecting as often as needed.
     *
     * @param onEvent called by the stream's own virtual thread, in order; should return soon
     * @param onConnected called each time the stream is there anew, when events may have been missed: announce in full
     */
    public EventSubscription events(Consumer<FleetEvent> onEvent, Runnable onConnected) {
        return EventSubscription.start(calls, onEvent, onConnected);
    }

    /** As administrator: a new join token. */
    public JoinToken createToken(TokenOrder order) {
        return JoinToken.parse(TokenGrant.read(post("/v1/tokens", order)).token());
    }

    /** As administrator: signatures of {@code key} count from now on. */
    public Publishers addPublisher(PublisherKey key) {
        return Publishers.read(post("/v1/publishers", new PublisherOrder(key)));
    }

    /** As administrator: signatures of {@code key} do not count any more. */
    public Publishers removePublisher(PublisherKey key) {
        return Publishers.read(calls.call("DELETE", "/v1/publishers/" + key.id(), NOTHING, FleetLimits.BODY));
    }

    /** As administrator: withdraws a content for good. */
    public void withdraw(ContentId content) {
        calls.call("DELETE", "/v1/content/" + content, NOTHING, FleetLimits.BODY);
    }

    /** As administrator: the page of devices after {@code after}, or the first one. */
    public EnrolledDevices devices(Optional<DeviceId> after) {
        return EnrolledDevices.read(
                get("/v1/devices" + after.map(device -> "?after=" + device).orElse("")));
    }

    /** As administrator: shuts a device out. */
    public void revoke(DeviceId device) {
        calls.call("DELETE", "/v1/devices/" + device, NOTHING, FleetLimits.BODY);
    }

    /**
     * Who is near this device, as the coordinator sees it.
     *
     * @param seen those that it finds itself
     * @param content of which to tell how many hold it
     */
    public Nearby nearby(List<DeviceId> seen, Optional<ContentId> content) {
        return Nearby.read(post("/v1/nearby", new NearbyRequest(seen, content)));
    }

    /** As administrator: has a device ask for a probe of its port; whether it was told. */
    public boolean probeDevice(DeviceId device) {
        return found(() -> calls.call("POST", "/v1/devices/" + device + "/probe", NOTHING, FleetLimits.BODY))
                .isPresent();
    }

    private byte[] get(String path) {
        return calls.call("GET", path, NOTHING, FleetLimits.BODY);
    }

    private byte[] post(String path, Message message) {
        return post(path, message, FleetLimits.BODY);
    }

    private byte[] post(String path, Message message, int max) {
        return calls.call("POST", path, message.bytes(), max);
    }

    private static Optional<byte[]> found(Supplier<byte[]> call) {
        try {
            return Optional.of(call.get());
        } catch (CoordinatorRefusedException e) {
            if (e.refusal().reason() == Refusal.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Ends all calls. */
    @Override
    public void close() {
        calls.close();
    }
}
