package dev.byway.coordinator.http;

import dev.byway.coordinator.announce.Events;
import dev.byway.coordinator.announce.Prober;
import dev.byway.coordinator.announce.Rendezvous;
import dev.byway.coordinator.authority.DeviceCertificate;
import dev.byway.coordinator.content.Catalog;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.fleet.Fleet;
import dev.byway.coordinator.learning.Learner;
import dev.byway.coordinator.teredo.Witness;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.ConnectRequest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.EnrolRequest;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.Health;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.fleet.NearbyRequest;
import dev.byway.core.fleet.ProbeRequest;
import dev.byway.core.fleet.PublisherOrder;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.RenewRequest;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.fleet.TokenGrant;
import dev.byway.core.fleet.TokenOrder;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What each route does. The switch over the table is complete: a route without a handler does not compile. */
public final class Handlers {
    /** The description of the API among the program's resources. */
    public static final String DESCRIPTION = "/coordinator-api.yaml";

    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";

    private final Fleet fleet;
    private final Optional<Learner> learner;
    private final Rendezvous rendezvous;
    private final Events events;
    private final Prober prober;
    private final Witness witness;
    private final String version;

    /** Serves a fleet. */
    public Handlers(
            Fleet fleet,
            Optional<Learner> learner,
            Rendezvous rendezvous,
            Events events,
            Prober prober,
            Witness witness,
            String version) {
        this.fleet = fleet;
        this.learner = learner;
        this.rendezvous = rendezvous;
        this.events = events;
        this.prober = prober;
        this.witness = witness;
        this.version = version;
    }

    Handler of(Route route) {
        return switch (route) {
            case HEALTH ->
                _ -> new Answer.Json(new Health(version, fleet.clock().instant()));
            case API -> _ -> new Answer.Bytes("application/yaml", description());
            case ENROL -> this::enrol;
            case RENEW -> this::renew;
            case PUBLISHERS -> _ -> new Answer.Bytes(JSON, fleet.publishers().sealed());
            case ADD_PUBLISHER ->
                request -> new Answer.Json(fleet.publishers()
                        .add(PublisherOrder.read(request.json()).key()));
            case REMOVE_PUBLISHER ->
                request -> new Answer.Json(fleet.publishers().remove(request.parameter("key", Function.identity())));
            case PUBLISH -> request -> new Answer.Json(fleet.catalog().publish(request.body(), request.actor()));
            case LOOK_UP -> this::lookUp;
            case CONTENT ->
                request -> new Answer.Bytes(JSON, fleet.catalog().envelopeOf(request.content(), request.reader()));
            case WITHDRAW -> this::withdraw;
            case LAYER ->
                request -> new Answer.Bytes(
                        BINARY, fleet.catalog().layer(request.content(), request.pieceLength(), request.reader()));
            case PUT_LAYER -> this::putLayer;
            case ANNOUNCE -> this::announce;
            case EVENTS -> this::stream;
            case CONNECT -> this::connect;
            case PROBE -> this::probe;
            case FILTERING -> this::filtering;
            case NEARBY -> this::nearby;
            case CREATE_TOKEN -> this::createToken;
            case DEVICES ->
                request -> new Answer.Json(
                        fleet.devices().page(request.parameters().apply("after").orElse("")));
            case REVOKE -> this::revoke;
            case PROBE_DEVICE -> this::probeDevice;
        };
    }

    private Answer enrol(Request request) {
        return new Answer.Json(fleet.devices()
                .enrol(EnrolRequest.read(request.json()), fleet.publishers().sealed()));
    }

    private Answer renew(Request request) {
        return new Answer.Json(fleet.devices()
                .renew(
                        request.device().device(),
                        RenewRequest.read(request.json()),
                        fleet.publishers().sealed()));
    }

    private Answer lookUp(Request request) {
        LookupRequest asked = LookupRequest.read(request.json());
        URI url;
        try {
            url = new URI(asked.url());
        } catch (URISyntaxException e) {
            throw new RefusedException(Refusal.Reason.MALFORMED, "the URL to look up is not well formed");
        }
        Optional<ByteString> found = learner.filter(one -> one.admits(url))
                .map(one -> one.lookUp(url, asked, request.reader(), request.actor()))
                .orElseGet(() -> fleet.catalog().lookUp(url, request.reader()));
        return new Answer.Bytes(JSON, found.orElseThrow(Catalog::notFound));
    }

    private Answer withdraw(Request request) {
        ContentId content = request.content();
        fleet.catalog().withdraw(content);
        rendezvous.withdrawn(content);
        return new Answer.Done();
    }

    private Answer putLayer(Request request) {
        fleet.catalog().putLayer(request.content(), request.pieceLength(), request.body());
        return new Answer.Done();
    }

    private Answer announce(Request request) {
        DeviceCertificate device = request.device();
        Announcement said = Announcement.read(request.json());
        Optional<TeredoVerdict> verdict =
                said.teredo().map(there -> witness.judge(there.address(), request.observed()));
        boolean vouched = verdict.filter(word -> word == TeredoVerdict.TAKEN).isPresent();
        return new Answer.Json(rendezvous
                .announce(device.device(), device.groups(), request.observed(), vouched ? said : said.withoutTeredo())
                .withTeredo(witness.servers(), verdict));
    }

    private Answer stream(Request request) {
        DeviceId device = request.device().device();
        return new Answer.Stream(device, events.open(device));
    }

    private Answer connect(Request request) {
        rendezvous.connect(
                request.device().device(), ConnectRequest.read(request.json()).device());
        return new Answer.Done();
    }

    private Answer probe(Request request) {
        int port = ProbeRequest.read(request.json()).port();
        return new Answer.Json(prober.probe(
                new Endpoint(request.observed(), port), request.device().device()));
    }

    private Answer filtering(Request request) {
        return new Answer.Json(witness.filtering(FilteringRequest.read(request.json()), request.observed()));
    }

    private Answer nearby(Request request) {
        return new Answer.Json(
                rendezvous.nearby(request.device().device(), request.observed(), NearbyRequest.read(request.json())));
    }

    private Answer createToken(Request request) {
        TokenOrder order = TokenOrder.read(request.json());
        return new Answer.Json(
                new TokenGrant(fleet.createToken(order, List.of()).text()));
    }

    private Answer revoke(Request request) {
        DeviceId device = request.target();
        fleet.devices().revoke(device);
        rendezvous.forget(device);
        events.end(device);
        return new Answer.Done();
    }

    private Answer probeDevice(Request request) {
        if (!events.tell(request.target(), new FleetEvent.Probe())) {
            throw new RefusedException(Refusal.Reason.NOT_FOUND, "that device holds no stream now");
        }
        return new Answer.Done();
    }

    private static ByteString description() {
        try (InputStream in = Handlers.class.getResourceAsStream(DESCRIPTION)) {
            return Optional.ofNullable(in)
                    .map(Handlers::readAll)
                    .orElseThrow(() ->
                            new RefusedException(Refusal.Reason.NOT_FOUND, "this build has no description of the API"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString readAll(InputStream in) {
        try {
            return ByteString.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
