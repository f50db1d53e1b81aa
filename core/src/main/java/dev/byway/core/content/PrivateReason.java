package dev.byway.core.content;

import java.util.Locale;

/** Why a request is private: its answer is fetched from the origin only and never shared. Codes are stable. */
public enum PrivateReason {
    /** A hop of the request was not https. */
    NOT_HTTPS,
    /** A URL carries a user name or password. */
    USER_INFO,
    /** The caller sent credentials: Authorization, Cookie and the like. */
    CREDENTIALS,
    /** The caller sent headers of its own, by which the answer may differ. */
    SPECIAL_HEADERS,
    /** The origin answered {@code Cache-Control: private}. */
    CACHE_PRIVATE,
    /** The origin answered {@code Cache-Control: no-store}. */
    CACHE_NO_STORE,
    /** The URL has a query, and no rule allows it. */
    QUERY;

    /** For example {@code private-not-https}. */
    public String code() {
        return "private-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
