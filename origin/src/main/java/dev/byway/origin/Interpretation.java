package dev.byway.origin;

import dev.byway.core.content.Validators;
import dev.byway.origin.OriginAnswer.NoBody;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the head of an answer means for what was asked. A range request has four honest answers: the part (206), the
 * whole because the origin knows no ranges (200), the whole because the file changed (200 to {@code If-Range}), and
 * nothing because the file ends before (416). A 206 is believed only when its {@code Content-Range} begins where the
 * request does and ends where the request or the file ends. No I/O.
 *
 * @param request what was asked
 * @param uri the address that answered
 * @param hops the redirects that led to it
 * @param now to read dates in {@code Retry-After}
 */
record Interpretation(OriginRequest request, URI uri, List<Hop> hops, Instant now) {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** Codings that are the file's own format where its name says so: a {@code .tar.gz} labelled gzip is sent as it is. */
    private static final Map<String, List<String>> CODINGS = Map.of(
            "gzip", List.of(".gz", ".tgz", ".svgz"),
            "x-gzip", List.of(".gz", ".tgz", ".svgz"),
            "br", List.of(".br"),
            "zstd", List.of(".zst", ".tzst"),
            "compress", List.of(".z"),
            "x-compress", List.of(".z"));

    sealed interface Meaning {
        /** Bytes follow. */
        record Bytes(Representation about, BodyFraming framing) implements Meaning {}

        /** The answer is complete. */
        record Complete(NoBody answer) implements Meaning {}
    }

    /**
     * The meaning of {@code head}.
     *
     * @throws HttpSyntaxException when the answer is none to this request
     */
    Meaning of(MessageHead head) {
        return switch (head.status()) {
            case 200, 203 -> whole(head);
            case 206 -> part(head);
            case 304 -> notModified();
            case 416 -> unsatisfied(head);
            default -> refused(head);
        };
    }

    private Meaning whole(MessageHead head) {
        checkCoding(head);
        BodyFraming framing = BodyFraming.of(head);
        OptionalLong length =
                framing instanceof BodyFraming.Fixed fixed ? OptionalLong.of(fixed.length()) : OptionalLong.empty();
        Validators now = ValidatorFields.read(head.headers(), length);
        Optional<Meaning> changed = changed(now);
        if (changed.isPresent()) {
            return changed.get();
        }
        RangeSupport ranges = request.span() instanceof Span.Whole ? advertised(head) : RangeSupport.NO;
        return new Meaning.Bytes(new Representation(200, uri, hops, head.headers(), now, 0, length, ranges), framing);
    }

    private static RangeSupport advertised(MessageHead head) {
        if (head.headers().lists("Accept-Ranges", "bytes")) {
            return RangeSupport.YES;
        }
        return head.headers().lists("Accept-Ranges", "none") ? RangeSupport.NO : RangeSupport.UNKNOWN;
    }

    private Meaning part(MessageHead head) {
        if (request.span() instanceof Span.Whole) {
            throw new HttpSyntaxException("the origin sent a part (206) though the whole file was asked for");
        }
        String field = head.headers()
                .first("Content-Range")
                .orElseThrow(() -> new HttpSyntaxException("the origin sent a part (206) without saying which"));
        if (!(ContentRange.parse(field) instanceof ContentRange.Part part)) {
            throw new HttpSyntaxException("the origin sent a part (206) that its Content-Range calls unsatisfiable");
        }
        Validators now = ValidatorFields.read(head.headers(), part.total());
        Optional<Meaning> changed = changed(now);
        if (changed.isPresent()) {
            return changed.get();
        }
        checkCoding(head);
        checkPart(part);
        BodyFraming framing = BodyFraming.of(head);
        if (framing instanceof BodyFraming.Fixed fixed && fixed.length() != part.length()) {
            throw new HttpSyntaxException(
                    "the origin announced %,d bytes (Content-Range) and sends %,d (Content-Length)"
                            .formatted(part.length(), fixed.length()));
        }
        BodyFraming exact = framing instanceof BodyFraming.UntilClose ? new BodyFraming.Fixed(part.length()) : framing;
        return new Meaning.Bytes(
                new Representation(
                        206,
                        uri,
                        hops,
                        head.headers(),
                        now,
                        part.first(),
                        OptionalLong.of(part.length()),
                        RangeSupport.YES),
                exact);
    }

    private void checkPart(ContentRange.Part part) {
        long fileEnd = part.total().orElse(Long.MAX_VALUE);
        long wantedEnd = switch (request.span()) {
            case Span.Part wanted -> Math.min(wanted.range().end(), fileEnd);
            case Span.From _, Span.Whole _ -> part.total().orElse(part.last() + 1);
        };
        if (part.first() != request.span().start() || part.last() + 1 != wantedEnd) {
            throw new HttpSyntaxException("the origin sent bytes %,d to %,d though %s was asked for"
                    .formatted(
                            part.first(),
                            part.last(),
                            request.span().rangeField().orElse("all")));
        }
    }

    private Meaning notModified() {
        if (request.condition() instanceof Condition.UnlessSameAs) {
            return new Meaning.Complete(new OriginAnswer.NotModified(Endpoint.shown(uri) + " has not changed"));
        }
        throw new HttpSyntaxException("the origin says \"not modified\" (304) though nothing was compared");
    }

    private Meaning unsatisfied(MessageHead head) {
        Optional<String> field = head.headers().first("Content-Range");
        if (field.isEmpty() || !(ContentRange.parse(field.get()) instanceof ContentRange.Unsatisfied file)) {
            return refused(head);
        }
        Validators now = ValidatorFields.read(head.headers(), OptionalLong.of(file.total()));
        Optional<Meaning> changed = changed(now);
        if (changed.isPresent()) {
            return changed.get();
        }
        if (request.span() instanceof Span.From from && from.offset() == file.total()) {
            Representation nothingLeft = new Representation(
                    206, uri, hops, head.headers(), now, from.offset(), OptionalLong.of(0), RangeSupport.YES);
            return new Meaning.Bytes(nothingLeft, new BodyFraming.Fixed(0));
        }
        return complete(head, "the file has only %,d bytes".formatted(file.total()));
    }

    private Optional<Meaning> changed(Validators now) {
        return switch (request.condition()) {
            case Condition.SameAs(Validators expected) ->
                ValidatorFields.contradiction(expected, now)
                        .map(how -> new Meaning.Complete(
                                new OriginAnswer.Changed(now, Endpoint.shown(uri) + " changed at the origin: " + how)));
            case Condition.Any _, Condition.UnlessSameAs _ -> Optional.empty();
        };
    }

    private Meaning refused(MessageHead head) {
        return complete(head, advice(head.status()));
    }

    private Meaning complete(MessageHead head, String advice) {
        Optional<Duration> wait = head.headers().first("Retry-After").flatMap(this::retryAfter);
        String message = Endpoint.shown(uri) + ": " + head.statusText() + "; " + advice
                + wait.map(time -> " (it asks to wait " + time.toSeconds() + " s)")
                        .orElse("");
        return new Meaning.Complete(new OriginAnswer.Refused(head.status(), wait, message));
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> "it wants credentials: give them with --header";
            case 403 -> "it does not give this file to you; check the address and the credentials";
            case 404, 410 -> "nothing is there; check the address";
            case 429 -> "it was asked too often; try again later";
            case 502, 503, 504 -> "it is overloaded or down; try again later";
            default -> status >= 500 ? "the server has a fault; try again later" : "Byway cannot do anything with that";
        };
    }

    private Optional<Duration> retryAfter(String value) {
        Optional<Duration> wait = value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : HttpDate.parse(value).map(date -> Duration.between(now, date));
        return wait.map(time -> time.isNegative() ? Duration.ZERO : time)
                .map(time -> time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time);
    }

    private void checkCoding(MessageHead head) {
        String path = uri.getPath().toLowerCase(Locale.ROOT);
        for (String coding : head.headers().values("Content-Encoding")) {
            String name = coding.toLowerCase(Locale.ROOT);
            boolean own = CODINGS.getOrDefault(name, List.of()).stream().anyMatch(path::endsWith);
            if (!name.equals("identity") && !name.isEmpty() && !own) {
                throw new HttpSyntaxException("the origin sends the file compressed (Content-Encoding) though it was"
                        + " asked not to; switch compression off there for this file");
            }
        }
    }
}
