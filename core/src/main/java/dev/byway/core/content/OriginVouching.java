package dev.byway.core.content;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which an origin vouches for what it says about its own files: the statement lies where statements about the
 * requested URL lie, and every hop to it was HTTPS at that URL's origin.
 */
final class OriginVouching {
    private OriginVouching() {}

    /**
     * Why the origin does not vouch; empty when it does.
     *
     * @param requested the URL that the statement is about
     * @param place where such a statement lies, if there is such a place
     * @param hops every URL that was asked for the statement, in order
     */
    static Optional<Verdict> refusal(URI requested, Optional<URI> place, List<URI> hops) {
        Optional<WebOrigin> origin = WebOrigin.of(requested);
        if (origin.isEmpty() || !origin.get().isTls()) {
            return refused(
                    Refusal.PLAIN_HTTP,
                    UrlPrivacy.redact(requested) + " is not an https URL, so its origin vouches for nothing");
        }
        for (URI hop : hops) {
            Optional<Verdict> refused = hopRefusal(origin.get(), hop);
            if (refused.isPresent()) {
                return refused;
            }
        }
        boolean inPlace = !hops.isEmpty()
                && place.filter(p -> WebOrigin.sameResource(p, hops.getFirst())).isPresent();
        return inPlace
                ? Optional.empty()
                : refused(
                        Refusal.OTHER_PLACE,
                        "the statement does not lie where one about " + UrlPrivacy.redact(requested) + " would");
    }

    private static Optional<Verdict> hopRefusal(WebOrigin requested, URI hop) {
        Optional<WebOrigin> origin = WebOrigin.of(hop);
        if (origin.filter(WebOrigin::isTls).isEmpty()) {
            return refused(
                    Refusal.PLAIN_HTTP,
                    UrlPrivacy.redact(hop) + " is not an https URL: what comes from there vouches for nothing");
        }
        return origin.get().equals(requested)
                ? Optional.empty()
                : refused(
                        Refusal.CROSS_ORIGIN,
                        "the statement came from " + origin.get() + ", which cannot vouch for files of " + requested);
    }

    private static Optional<Verdict> refused(Refusal reason, String message) {
        return Optional.of(new Verdict.Refused(reason, message));
    }
}
