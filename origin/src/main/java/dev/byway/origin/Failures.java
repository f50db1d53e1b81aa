package dev.byway.origin;

import dev.byway.origin.OriginAnswer.Failed;
import dev.byway.origin.OriginAnswer.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** The sentences for what can go wrong: what, where, what to do. */
final class Failures {
    private Failures() {}

    static OriginFailureException of(Kind kind, String message) {
        return new OriginFailureException(new Failed(kind, message));
    }

    static OriginFailureException unresolved(String host, String advice) {
        return of(Kind.DNS, "cannot resolve \"" + host + "\" (DNS): " + advice);
    }

    static OriginFailureException interrupted(URI uri) {
        return of(Kind.CANCELLED, "fetching " + Endpoint.shown(uri) + " was interrupted");
    }

    static OriginFailureException protocol(URI uri, HttpSyntaxException e) {
        return new OriginFailureException(new Failed(Kind.PROTOCOL, Endpoint.shown(uri) + ": " + e.getMessage()), e);
    }

    /** A TCP connection did not come about. */
    static OriginFailureException unreachable(String where, IOException e, Duration within) {
        String start = "cannot connect to " + where + ": ";
        return switch (e) {
            case SocketTimeoutException _ ->
                of(
                        Kind.TIMEOUT,
                        start + "no answer within " + seconds(within)
                                + "; the host is down, or a firewall drops the connection");
            case NoRouteToHostException _ -> of(Kind.CONNECT, start + "no route; check this machine's network");
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") ->
                of(Kind.CONNECT, start + "connection refused; check host and port, and that the server runs");
            default -> of(Kind.CONNECT, start + text(e) + "; check this machine's network");
        };
    }

    /** A connection broke or stalled before or within the head of an answer. */
    static OriginFailureException noAnswer(String where, IOException e, Duration within) {
        return switch (e) {
            case SocketTimeoutException _ ->
                of(Kind.TIMEOUT, where + " did not answer within " + seconds(within) + "; try again later");
            case BufferedSource.EndedEarlyException _ ->
                of(Kind.RESET, where + " closed the connection without an answer; try again later");
            default -> of(Kind.RESET, "the connection to " + where + " broke: " + text(e) + "; try again");
        };
    }

    /** A connection broke or stalled within a body, after {@code progress}. */
    static OriginFailureException noMore(URI uri, String progress, IOException e, Duration stall) {
        String where = Endpoint.of(uri).hostAndPort();
        return switch (e) {
            case SocketTimeoutException _ ->
                of(Kind.TIMEOUT, where + " sent nothing for " + seconds(stall) + ", after " + progress + "; try again");
            case BufferedSource.EndedEarlyException _ ->
                of(Kind.SHORT_BODY, where + " closed the connection after " + progress + "; try again");
            default -> of(Kind.RESET, "the connection to " + where + " broke after " + progress + ": " + text(e));
        };
    }

    /** {@code failure}, or why it was asked for. */
    static OriginFailureException unlessCancelled(Cancellation cancellation, OriginFailureException failure) {
        return cancellation
                .cause()
                .map(cause -> of(cause.kind(), cause.message()))
                .orElse(failure);
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static String text(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
