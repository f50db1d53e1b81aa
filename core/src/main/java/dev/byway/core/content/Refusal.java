package dev.byway.core.content;

import java.util.Locale;

/** Why a statement about content is not believed. Codes are stable: programs rely on them. */
public enum Refusal {
    /** The coordinator did not prove who it is. */
    CHANNEL_NOT_AUTHENTICATED,
    /** A signature is said to be of a known key, and is not. */
    WRONG_SIGNATURE,
    /** No signature is of a key that is believed. */
    UNKNOWN_KEY,
    /** The signed bytes are not a statement that this Byway reads. */
    MALFORMED,
    /** It is about other URLs than the requested one. */
    OTHER_URL,
    /** It is about another content than the trusted one. */
    OTHER_CONTENT,
    /** It was issued in the future, or this device's clock is wrong. */
    ISSUED_IN_FUTURE,
    /** Its time is over, or this device's clock is wrong. */
    EXPIRED,
    /** A newer one was seen before: an old one is being replayed. */
    REPLAYED,
    /** It came over plain http, which anyone on the way can change. */
    PLAIN_HTTP,
    /** It came, perhaps by a redirect, from another origin than the requested one. */
    CROSS_ORIGIN,
    /** It does not lie where a statement about the requested URL lies. */
    OTHER_PLACE,
    /** A peer says what is at a URL. */
    PEER_NAMES_CONTENT,
    /** What a peer sent does not prove itself. */
    UNPROVED,
    /** This kind of evidence says nothing about such a subject. */
    WRONG_SUBJECT;

    /** For example {@code wrong-signature}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
