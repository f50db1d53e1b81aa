package dev.byway.agent.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.doctor.CoordinatorSeen;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Goes to the coordinator one step at a time, for the doctor, and says how far it came. Tells nothing and proves nothing: it asks
 * for the public {@code /v1/health}, without any credential, of whoever answers. Blocks for {@link #MILLIS} a step.
 */
public final class CoordinatorTrial {
    private static final int MILLIS = 3000;
    private static final int MAX_ANSWER = 16 * 1024;
    private static final int HTTPS = 443;

    private CoordinatorTrial() {}

    /**
     * Tries.
     *
     * @param pin the authority that the fleet's join token names
     */
    public static CoordinatorSeen of(URI url, Digest pin, InstantSource clock) {
        String host = url.getHost();
        int port = url.getPort() > 0 ? url.getPort() : HTTPS;
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return CoordinatorSeen.unresolved(host, port);
        }
        List<String> texts =
                Arrays.stream(addresses).map(InetAddress::getHostAddress).toList();
        CertificateObserver observer = new CertificateObserver(new PinnedAuthority(pin, clock));
        try (Socket tcp = new Socket()) {
            tcp.connect(new InetSocketAddress(addresses[0], port), MILLIS);
            tcp.setSoTimeout(MILLIS);
            try {
                Optional<Duration> ahead =
                        health(tcp, host, port, observer).map(time -> Duration.between(time, clock.instant()));
                return new CoordinatorSeen(
                        host,
                        port,
                        texts,
                        Optional.empty(),
                        Optional.empty(),
                        observer.untrusted(),
                        observer.issuer(),
                        ahead);
            } catch (IOException | GeneralSecurityException e) {
                return new CoordinatorSeen(
                        host,
                        port,
                        texts,
                        Optional.empty(),
                        Optional.of(String.valueOf(e.getMessage())),
                        observer.untrusted(),
                        observer.issuer(),
                        Optional.empty());
            }
        } catch (IOException e) {
            return new CoordinatorSeen(
                    host,
                    port,
                    texts,
                    Optional.of(words(e, addresses[0], port)),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty());
        }
    }

    private static String words(IOException e, InetAddress address, int port) {
        String where = address.getHostAddress() + ", TCP " + port;
        return e instanceof SocketTimeoutException
                ? "no answer from " + where + " within " + MILLIS / 1000 + " s"
                : where + ": " + e.getMessage();
    }

    /** What time whoever answers says that it is. */
    private static Optional<Instant> health(Socket tcp, String host, int port, CertificateObserver observer)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {observer}, null);
        try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, host, port, true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!host.contains(":")) {
                parameters.setServerNames(List.of(new SNIHostName(host)));
            }
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            String request = "GET /v1/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            tls.getOutputStream().flush();
            return time(head(tls.getInputStream()));
        }
    }

    /** The lines up to the empty one; whoever answers may keep the connection open behind them. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_ANSWER && !head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Optional<Instant> time(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Date:", 0, 5))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .flatMap(CoordinatorTrial::date);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
