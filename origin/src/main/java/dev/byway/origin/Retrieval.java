package dev.byway.origin;

import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request on its way through redirects. The user's header fields and credentials go along until a redirect leads to
 * another origin; from then on they are gone, also if a later one leads back. Used once, by one thread.
 */
final class Retrieval {
    private final OriginSettings settings;
    private final Exchanger exchanger;
    private final InstantSource clock;
    private final OriginRequest request;
    private final RedirectRule rule;
    private final Cancellation cancellation;
    private final Runnable whenDone;

    private final List<Hop> hops = new ArrayList<>();
    private URI uri;
    private Headers userFields;
    private Optional<String> credentials;
    private Optional<InetAddress> redirectedBy = Optional.empty();

    /**
     * A retrieval of {@code request}.
     *
     * @param whenDone run once: when the answer's body is read or closed, or before an answer without body is returned
     */
    Retrieval(
            OriginSettings settings,
            Exchanger exchanger,
            InstantSource clock,
            OriginRequest request,
            RedirectRule rule,
            Cancellation cancellation,
            Runnable whenDone) {
        this.settings = settings;
        this.exchanger = exchanger;
        this.clock = clock;
        this.request = request;
        this.rule = rule;
        this.cancellation = cancellation;
        this.whenDone = whenDone;
        this.uri = request.uri();
        this.userFields = request.headers();
        this.credentials = BasicCredentials.of(request.uri());
    }

    OriginAnswer run() {
        boolean body = false;
        try {
            OriginAnswer answer = follow();
            body = answer instanceof OriginAnswer.Body;
            return answer;
        } catch (OriginFailureException e) {
            return Failures.unlessCancelled(cancellation, e).failure();
        } catch (HttpSyntaxException e) {
            return Failures.protocol(uri, e).failure();
        } finally {
            if (!body) {
                whenDone.run();
            }
        }
    }

    private OriginAnswer follow() {
        uri = Endpoint.bare(uri);
        while (true) {
            Optional<HttpProxy> proxy = settings.proxies().proxyFor(uri);
            Route route = Route.to(Endpoint.of(uri), proxy);
            byte[] head = RequestHead.of(request, uri, route, userFields, credentials, settings.userAgent());
            Exchanger.Exchange exchange = exchanger.exchange(route, uri, redirectedBy, head, cancellation);
            Optional<OriginAnswer> answer = answerOrNextHop(exchange, proxy);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    private Optional<OriginAnswer> answerOrNextHop(Exchanger.Exchange exchange, Optional<HttpProxy> proxy) {
        boolean handled = false;
        try {
            MessageHead head = exchange.head();
            if (head.status() == 407 && proxy.isPresent()) {
                throw Dialer.refusedByProxy(head, Endpoint.of(uri).hostAndPort(), proxy.get());
            }
            Optional<Hop> hop =
                    Redirects.next(uri, head, hops, rule, settings.limits().redirects());
            Optional<OriginAnswer> answer = hop.isPresent() ? Optional.empty() : Optional.of(conclude(exchange));
            hop.ifPresent(next -> go(exchange, next, proxy.isPresent()));
            handled = true;
            return answer;
        } finally {
            if (!handled) {
                exchange.connection().close();
            }
        }
    }

    private void go(Exchanger.Exchange exchange, Hop hop, boolean proxied) {
        redirectedBy =
                proxied ? Optional.empty() : Optional.of(exchange.connection().address());
        exchanger.discard(exchange);
        hops.add(hop);
        uri = hop.to();
        if (hop.crossOrigin()) {
            userFields = Headers.NONE;
            credentials = Optional.empty();
        }
    }

    private OriginAnswer conclude(Exchanger.Exchange exchange) {
        Interpretation interpretation = new Interpretation(request, uri, hops, clock.instant());
        return switch (interpretation.of(exchange.head())) {
            case Interpretation.Meaning.Complete(OriginAnswer.NoBody answer) -> {
                exchanger.discard(exchange);
                yield answer;
            }
            case Interpretation.Meaning.Bytes(Representation about, BodyFraming framing) ->
                new OriginAnswer.Body(
                        about,
                        new OriginBody(about, framing, exchange, exchanger, settings.limits(), cancellation, whenDone));
        };
    }
}
