package dev.byway.origin;

import dev.byway.core.content.Validators;
import java.time.Duration;
import java.util.Optional;

/** What came of a request to an origin. */
public sealed interface OriginAnswer {
    /**
     * Bytes follow. The receiver closes it; closing before the end cancels at once, without reading the rest.
     *
     * @param about what the origin said about the bytes
     * @param bytes the bytes themselves
     */
    record Body(Representation about, OriginBody bytes) implements OriginAnswer, AutoCloseable {
        @Override
        public void close() {
            bytes.close();
        }
    }

    /** Any answer without bytes. */
    sealed interface NoBody extends OriginAnswer {
        /** What happened, where, and what to do, in one sentence for people; without credentials and query. */
        String message();
    }

    /**
     * The file is still the version that the request named.
     *
     * @param message for people
     */
    record NotModified(String message) implements NoBody {}

    /**
     * The file is not the version that the request named.
     *
     * @param now what is known about the version that is there now
     * @param message for people
     */
    record Changed(Validators now, String message) implements NoBody {}

    /**
     * The origin answered, and the answer is no.
     *
     * @param status HTTP status, such as 404
     * @param retryAfter how long the origin asks to wait, at most a day
     * @param message for people
     */
    record Refused(int status, Optional<Duration> retryAfter, String message) implements NoBody {}

    /**
     * There was no proper answer.
     *
     * @param kind where it failed
     * @param message for people
     */
    record Failed(Kind kind, String message) implements NoBody {}

    /** Where a request failed. */
    enum Kind {
        /** The name could not be resolved. */
        DNS,
        /** No connection: refused, unreachable. */
        CONNECT,
        /** The proxy cannot be reached or does not let the request through. */
        PROXY,
        /** No secure connection, or the certificate is not acceptable. */
        TLS,
        /** Nothing came for longer than {@link OriginLimits} allows. */
        TIMEOUT,
        /** The connection broke. */
        RESET,
        /** The body ended before its stated length. */
        SHORT_BODY,
        /** The answer breaks the rules of HTTP, or a limit. */
        PROTOCOL,
        /** {@link EgressCheck} forbids the address. */
        EGRESS_REFUSED,
        /** More redirects than {@link OriginLimits} allows. */
        TOO_MANY_REDIRECTS,
        /** A redirect that must not be followed: to plain http, or to another origin where that is forbidden. */
        REDIRECT_REFUSED,
        /** The caller closed or interrupted it. */
        CANCELLED
    }
}
