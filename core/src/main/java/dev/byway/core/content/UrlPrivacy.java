package dev.byway.core.content;

import java.net.URI;
import java.util.Optional;

/** What of a URL may be stored, logged and sent: everything but user information, query and fragment. */
public final class UrlPrivacy {
    private UrlPrivacy() {}

    /**
     * The URL without user information, query and fragment. A URI without an authority and a path, which could hide a secret
     * anywhere, keeps its scheme only.
     */
    public static URI redact(URI url) {
        String scheme = Optional.ofNullable(url.getScheme()).map(s -> s + ":").orElse("");
        if (url.isOpaque()) {
            return URI.create(scheme + "redacted");
        }
        String authority = Optional.ofNullable(url.getRawAuthority())
                .map(a -> "//" + a.substring(a.lastIndexOf('@') + 1))
                .orElse("");
        return URI.create(
                scheme + authority + Optional.ofNullable(url.getRawPath()).orElse(""));
    }

    /** Whether the URL carries a user name or password. */
    static boolean hasUserInfo(URI url) {
        return Optional.ofNullable(url.getRawAuthority())
                .filter(a -> a.indexOf('@') >= 0)
                .isPresent();
    }
}
