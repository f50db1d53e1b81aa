package dev.byway.origin;

import dev.byway.origin.OriginAnswer.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Where an answer sends the request next (RFC 9110 section 15.4). No I/O. */
final class Redirects {
    private static final int MAX_LOCATION = 16_384;
    private static final String URI_CHARACTERS = "-._~:/?#[]@!$&'()*+,;=%";

    private Redirects() {}

    /**
     * The next hop, or empty when {@code head} is no redirect.
     *
     * @param followed hops so far
     * @throws OriginFailureException when it must not be followed
     * @throws HttpSyntaxException when it names no usable address
     */
    static Optional<Hop> next(URI uri, MessageHead head, List<Hop> followed, RedirectRule rule, int limit) {
        Optional<String> location = head.headers().first("Location");
        boolean redirect = switch (head.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        if (!redirect || location.isEmpty()) {
            return Optional.empty();
        }
        Hop hop = new Hop(head.status(), uri, resolve(uri, location.get()));
        if (followed.size() >= limit) {
            throw Failures.of(
                    Kind.TOO_MANY_REDIRECTS,
                    Endpoint.shown(
                                    followed.isEmpty()
                                            ? uri
                                            : followed.getFirst().from()) + " redirects more than " + limit
                            + " times, last to " + Endpoint.shown(hop.to()) + "; check the address");
        }
        if (Endpoint.of(uri).secure() && !Endpoint.of(hop.to()).secure()) {
            throw refused(
                    uri, hop, "a redirect from https to http is not followed; ask for the new address if you trust it");
        }
        if (rule == RedirectRule.SAME_ORIGIN && hop.crossOrigin()) {
            throw refused(uri, hop, "only redirects within the same origin count here");
        }
        return Optional.of(hop);
    }

    private static OriginFailureException refused(URI uri, Hop hop, String why) {
        return Failures.of(
                Kind.REDIRECT_REFUSED, Endpoint.shown(uri) + " redirects to " + Endpoint.shown(hop.to()) + ": " + why);
    }

    /** {@code location} relative to {@code base} (RFC 3986 section 5.2), with characters escaped that need it. */
    static URI resolve(URI base, String location) {
        if (location.isEmpty() || location.length() > MAX_LOCATION) {
            throw new HttpSyntaxException("the answer redirects to an address that is empty or too long");
        }
        String escaped = escaped(location);
        try {
            // URI.resolve follows RFC 2396, which loses the last path segment here
            return Endpoint.bare(
                    escaped.startsWith("?")
                            ? new URI(base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + escaped)
                            : base.resolve(new URI(escaped)));
        } catch (URISyntaxException e) {
            throw new HttpSyntaxException("the answer redirects to something that is no address: " + e.getReason());
        }
    }

    private static String escaped(String location) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < location.length(); i++) {
            char c = location.charAt(i);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || URI_CHARACTERS.indexOf(c) >= 0);
            if (plain) {
                text.append(c);
            } else {
                text.append('%').append("%02X".formatted((int) c));
            }
        }
        return text.toString();
    }
}
