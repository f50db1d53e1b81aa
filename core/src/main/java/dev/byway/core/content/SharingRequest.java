package dev.byway.core.content;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What decides whether the answer to a request may be shared although nobody published it.
 *
 * @param hops every URL that was asked, in order: the requested one first, after it each redirect's target
 * @param callerHeaders names of the request headers that the caller gave, in any case; not those that Byway sends itself
 * @param cacheControl values of the Cache-Control headers of the answer
 * @param queryAllowed whether a rule of the administrator allows this URL's query
 */
public record SharingRequest(
        List<URI> hops, Set<String> callerHeaders, List<String> cacheControl, boolean queryAllowed) {
    private static final Set<String> CREDENTIAL_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "private-token");

    /** A header that tells who asks, not what for. */
    private static final Set<String> HARMLESS_HEADERS = Set.of("user-agent");

    public SharingRequest {
        hops = List.copyOf(hops);
        callerHeaders = Set.copyOf(callerHeaders);
        cacheControl = List.copyOf(cacheControl);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a request has at least the URL that was requested");
        }
    }

    /** Why the answer must not be shared, all reasons in the order of their declaration; empty when it may be. */
    public List<PrivateReason> privateReasons() {
        Set<PrivateReason> reasons = EnumSet.noneOf(PrivateReason.class);
        if (!hops.stream().allMatch(SharingRequest::isHttps)) {
            reasons.add(PrivateReason.NOT_HTTPS);
        }
        if (hops.stream().anyMatch(UrlPrivacy::hasUserInfo)) {
            reasons.add(PrivateReason.USER_INFO);
        }
        if (hops.getFirst().getRawQuery() != null && !queryAllowed) {
            reasons.add(PrivateReason.QUERY);
        }
        headerNames()
                .forEach(name -> reasons.add(
                        CREDENTIAL_HEADERS.contains(name) ? PrivateReason.CREDENTIALS : PrivateReason.SPECIAL_HEADERS));
        directives().forEach(directive -> {
            switch (directive) {
                case "private" -> reasons.add(PrivateReason.CACHE_PRIVATE);
                case "no-store" -> reasons.add(PrivateReason.CACHE_NO_STORE);
                default -> {}
            }
        });
        return new ArrayList<>(reasons);
    }

    private static boolean isHttps(URI url) {
        return WebOrigin.of(url).filter(WebOrigin::isTls).isPresent();
    }

    private Stream<String> headerNames() {
        return callerHeaders.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !HARMLESS_HEADERS.contains(name));
    }

    private Stream<String> directives() {
        return cacheControl.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(directive -> directive.split("=", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
