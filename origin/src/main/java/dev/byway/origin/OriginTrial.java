package dev.byway.origin;

import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.doctor.OriginSeen;
import dev.byway.core.unit.ByteRange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks an origin for one byte, the way downloads ask, for the doctor. Waits less than they do. */
public final class OriginTrial {
    private static final OriginLimits LIMITS =
            OriginLimits.DEFAULT.withTimes(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(3));

    /** Not the first: the answer has to begin elsewhere than the whole file does. */
    private static final ByteRange SECOND_BYTE = new ByteRange(1, 1);

    private OriginTrial() {}

    /**
     * Asks.
     *
     * @param url http or https, with a host; its userinfo and query are sent, and not told
     */
    public static OriginSeen of(URI url, OriginSettings settings) {
        try (OriginClient client = new OriginClient(settings.with(LIMITS))) {
            OriginAnswer answer = client.open(OriginRequest.of(url).part(SECOND_BYTE));
            URI asked = answer instanceof OriginAnswer.Body body ? body.about().uri() : url;
            return new OriginSeen(
                    Endpoint.of(asked).host(),
                    UrlPrivacy.redact(url).toString(),
                    settings.proxies().proxyFor(asked).map(HttpProxy::toString),
                    answer(answer));
        }
    }

    private static OriginSeen.Answer answer(OriginAnswer answer) {
        return switch (answer) {
            case OriginAnswer.Body body -> {
                body.close();
                yield answer(body.about());
            }
            case OriginAnswer.Refused(int status, Optional<Duration> _, String message) ->
                new OriginSeen.Refused(status, message);
            case OriginAnswer.Failed(OriginAnswer.Kind kind, String message) ->
                kind == OriginAnswer.Kind.PROXY
                        ? new OriginSeen.Barred(message)
                        : new OriginSeen.Silent(step(kind), message);
            case OriginAnswer.NotModified _, OriginAnswer.Changed _ ->
                throw new IllegalStateException("no condition was made");
        };
    }

    private static OriginSeen.Answer answer(Representation about) {
        if (about.ranges() == RangeSupport.YES) {
            return new OriginSeen.Part();
        }
        List<String> servers = Stream.of("Server", "Via")
                .flatMap(name -> about.headers().values(name).stream().map(value -> name + ": " + value))
                .toList();
        return new OriginSeen.Whole(
                about.validators().length(), about.headers().lists("Accept-Ranges", "bytes"), servers);
    }

    private static OriginSeen.Step step(OriginAnswer.Kind kind) {
        return switch (kind) {
            case DNS -> OriginSeen.Step.NAME;
            case CONNECT -> OriginSeen.Step.CONNECTION;
            case TLS -> OriginSeen.Step.TLS;
            case PROXY,
                    TIMEOUT,
                    RESET,
                    SHORT_BODY,
                    PROTOCOL,
                    EGRESS_REFUSED,
                    TOO_MANY_REDIRECTS,
                    REDIRECT_REFUSED,
                    CANCELLED -> OriginSeen.Step.HTTP;
        };
    }
}
