package dev.byway.agent.fleet;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a call failed, in words for a person. */
final class Failure {
    private Failure() {}

    static String sentence(Throwable failure, CallLimits limits) {
        return find(failure, CertificateException.class)
                .map(Throwable::getMessage)
                .or(() -> find(failure, UnresolvedAddressException.class).map(e -> "its name is not known (DNS)"))
                .or(() -> find(failure, HttpConnectTimeoutException.class)
                        .map(e -> "no connection within " + limits.connect().toMillis() + " ms"))
                .or(() -> find(failure, ConnectException.class).map(e -> "connection refused or no route"))
                .or(() -> find(failure, TimeoutException.class)
                        .map(e -> "no answer within " + limits.call().toMillis() + " ms"))
                .or(() -> find(failure, SSLException.class).map(e -> "TLS failed: " + e.getMessage()))
                .orElseGet(() -> Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .limit(16)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
