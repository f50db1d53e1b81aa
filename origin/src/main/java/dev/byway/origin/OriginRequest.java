package dev.byway.origin;

import dev.byway.core.content.Validators;
import dev.byway.core.unit.ByteRange;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * One GET.
 *
 * @param uri http or https; userinfo in it is sent as Basic credentials
 * @param headers what the user wants sent along; dropped at the first redirect to another origin
 * @param span which bytes
 * @param condition of which version
 */
public record OriginRequest(URI uri, Headers headers, Span span, Condition condition) {
    /** Fields that carry the request itself, so that nobody else may set them. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public OriginRequest {
        for (Headers.Field field : headers.fields()) {
            if (OWN_FIELDS.contains(field.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "header field " + field.name() + " cannot be set: Byway needs it for the request itself");
            }
        }
    }

    /** Without userinfo, query and header values. */
    @Override
    public String toString() {
        return "GET " + Endpoint.shown(uri) + ", " + span + ", " + condition + ", " + headers;
    }

    /** The whole file, whichever version is there. */
    public static OriginRequest of(URI uri) {
        return new OriginRequest(uri, Headers.NONE, new Span.Whole(), new Condition.Any());
    }

    /** The same with the user's header fields. */
    public OriginRequest with(Headers more) {
        return new OriginRequest(uri, more, span, condition);
    }

    /** The same for a part of the file. */
    public OriginRequest part(ByteRange range) {
        return new OriginRequest(uri, headers, new Span.Part(range), condition);
    }

    /** The same from {@code offset} to the end. */
    public OriginRequest from(long offset) {
        return new OriginRequest(uri, headers, new Span.From(offset), condition);
    }

    /** The same, of no other version than {@code expected}. */
    public OriginRequest sameAs(Validators expected) {
        return new OriginRequest(uri, headers, span, new Condition.SameAs(expected));
    }

    /** The same, unless the file still is {@code known}. */
    public OriginRequest unlessSameAs(Validators known) {
        return new OriginRequest(uri, headers, span, new Condition.UnlessSameAs(known));
    }
}
