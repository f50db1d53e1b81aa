package dev.byway.origin;

import dev.byway.core.content.Validators;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes the head of a GET (RFC 9112 section 3). */
final class RequestHead {
    private RequestHead() {}

    /**
     * The bytes to send.
     *
     * @param uri bare
     * @param user what the user wants sent; nothing once a redirect led elsewhere
     * @param credentials value of {@code Authorization} from the address, unless the user gave another
     */
    static byte[] of(
            OriginRequest request, URI uri, Route route, Headers user, Optional<String> credentials, String userAgent) {
        StringBuilder head = new StringBuilder(256);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        head.append("GET ")
                .append(route.absoluteForm() ? uri.toString() : target)
                .append(" HTTP/1.1\r\n");
        field(head, "Host", Endpoint.of(uri).hostField());
        if (!user.has("User-Agent")) {
            field(head, "User-Agent", userAgent);
        }
        if (!user.has("Accept")) {
            field(head, "Accept", "*/*");
        }
        field(head, "Accept-Encoding", "identity");
        request.span().rangeField().ifPresent(range -> field(head, "Range", range));
        condition(head, request);
        if (!user.has("Authorization")) {
            credentials.ifPresent(secret -> field(head, "Authorization", secret));
        }
        user.fields().forEach(each -> field(head, each.name(), each.value()));
        if (route.absoluteForm()) {
            route.proxy()
                    .flatMap(HttpProxy::authorization)
                    .ifPresent(secret -> field(head, "Proxy-Authorization", secret));
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void condition(StringBuilder head, OriginRequest request) {
        switch (request.condition()) {
            case Condition.Any() -> {}
            case Condition.SameAs(Validators expected) -> {
                if (request.span().rangeField().isPresent()) {
                    ValidatorFields.ifRange(expected).ifPresent(value -> field(head, "If-Range", value));
                }
            }
            case Condition.UnlessSameAs(Validators known) -> {
                known.etag().ifPresent(tag -> field(head, "If-None-Match", tag));
                known.lastModified().ifPresent(date -> field(head, "If-Modified-Since", HttpDate.format(date)));
            }
        }
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
