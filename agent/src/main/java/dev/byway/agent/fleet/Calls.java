package dev.byway.agent.fleet;

import dev.byway.agent.fleet.CoordinatorState.Unreachable;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Calls to the coordinator over HTTPS, each within {@link CallLimits#call()}: the URLs are tried in turn, starting with the
 * one that answered last, and a connection that turns out dead is replaced once. Any thread; callers block.
 */
final class Calls implements AutoCloseable {
    private final FleetAddress address;
    private final Credential credential;
    private final CallLimits limits;
    private final Availability availability;
    private final HttpClient http;
    private volatile int current;

    Calls(FleetAddress address, Credential credential, CallLimits limits, InstantSource clock) {
        this.address = address;
        this.credential = credential;
        this.limits = limits;
        this.availability = new Availability(limits, clock, RandomGenerator.getDefault());
        this.http = client(clock);
    }

    private HttpClient client(InstantSource clock) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslParameters(parameters)
                .sslContext(context(clock));
        address.from().ifPresent(builder::localAddress);
        return builder.build();
    }

    private SSLContext context(InstantSource clock) {
        KeyManager[] keys = switch (credential) {
            case Credential.Device device -> new KeyManager[] {device.keys()};
            case Credential.None(), Credential.Admin _ -> new KeyManager[0];
        };
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {new PinnedAuthority(address.authority(), clock)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS 1.3; use a full JDK 25", e);
        }
    }

    String url() {
        return address.urls().get(current);
    }

    CoordinatorState state() {
        return availability.state();
    }

    /**
     * The body of a good answer.
     *
     * @param max bytes that it may have
     * @throws CoordinatorRefusedException when the coordinator says no
     * @throws CoordinatorUnreachableException when it does not answer in time
     */
    byte[] call(String method, String path, byte[] body, int max) {
        HttpResponse<byte[]> response =
                exchange(method, path, body, BodyHandlers.limiting(BodyHandlers.ofByteArray(), max), limits.call());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw new CoordinatorRefusedException(refusal(response.statusCode(), response.body()));
    }

    /** An answer that goes on; the caller closes it. */
    InputStream open(String path) {
        HttpResponse<InputStream> response =
                exchange("GET", path, new byte[0], BodyHandlers.ofInputStream(), limits.call());
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream in = response.body()) {
            throw new CoordinatorRefusedException(refusal(response.statusCode(), in.readNBytes(FleetLimits.EVENT)));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static Refusal refusal(int status, byte[] body) {
        try {
            return Refusal.read(body);
        } catch (MalformedMessageException e) {
            return Refusal.of(
                    Refusal.Reason.FAILED,
                    "what answers there is not a Byway coordinator (HTTP status " + status
                            + "): check coordinator.url");
        }
    }

    private <T> HttpResponse<T> exchange(
            String method, String path, byte[] body, BodyHandler<T> handler, Duration time) {
        Optional<Unreachable> pausing = availability.pausing();
        if (pausing.isPresent()) {
            throw new CoordinatorUnreachableException(pausing.get().why());
        }
        long deadline = System.nanoTime() + time.toNanos();
        Exception last = new IOException("not tried");
        int first = current;
        for (int i = 0; i < address.urls().size() && System.nanoTime() - deadline < 0; i++) {
            int place = (first + i) % address.urls().size();
            HttpRequest request = request(address.urls().get(place) + path, method, body);
            try {
                HttpResponse<T> response = send(request, handler, deadline);
                current = place;
                availability.answered();
                return response;
            } catch (IOException | TimeoutException e) {
                last = e;
            }
        }
        throw unreachable(last);
    }

    /** Every call may be repeated: a kept connection that turns out dead says nothing about the coordinator. */
    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, long deadline)
            throws IOException, TimeoutException {
        try {
            return await(http.sendAsync(request, handler), deadline);
        } catch (SSLException | ConnectException | HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return await(http.sendAsync(request, handler), deadline);
        }
    }

    private HttpRequest request(String url, String method, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        if (credential instanceof Credential.Admin admin) {
            request.header("Authorization", "Bearer " + admin.token().bearer());
        }
        return request.build();
    }

    private <T> T await(CompletableFuture<T> future, long deadline) throws IOException, TimeoutException {
        try {
            return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CoordinatorUnreachableException("the call to the coordinator was interrupted");
        } catch (TimeoutException e) {
            future.cancel(true);
            throw e;
        }
    }

    private CoordinatorUnreachableException unreachable(Exception e) {
        String why =
                "the coordinator " + address.urls().get(current) + " cannot be reached: " + Failure.sentence(e, limits);
        availability.failed(why);
        return new CoordinatorUnreachableException(why);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
