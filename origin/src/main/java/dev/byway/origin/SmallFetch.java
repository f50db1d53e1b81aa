package dev.byway.origin;

import dev.byway.core.unit.ByteString;
import dev.byway.origin.OriginAnswer.Body;
import dev.byway.origin.OriginAnswer.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/** Fetches a file into memory, within a size and a time. */
final class SmallFetch {
    /** Largest size that may be asked for. */
    static final int MAX_BYTES = 64 << 20;

    private static final int FIRST_BUFFER = 16_384;

    private final OriginClient client;

    SmallFetch(OriginClient client) {
        this.client = client;
    }

    SmallAnswer fetch(URI uri, int maxBytes, RedirectRule rule, Duration within) {
        if (maxBytes < 0 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("0 to " + MAX_BYTES + " bytes, not " + maxBytes);
        }
        Cancellation cancellation = new Cancellation();
        String late = Endpoint.shown(uri) + " did not arrive within " + Failures.seconds(within);
        try (Deadline _ = Deadline.after(within, () -> cancellation.cancel(Kind.TIMEOUT, late))) {
            return switch (client.open(OriginRequest.of(uri), rule, cancellation, () -> {})) {
                case OriginAnswer.NoBody why -> new SmallAnswer.Missing(why);
                case Body body -> read(body, maxBytes);
            };
        }
    }

    private static SmallAnswer read(Body body, int maxBytes) {
        try (body) {
            Representation about = body.about();
            if (about.length().orElse(0) > maxBytes) {
                throw tooLong(about, maxBytes);
            }
            byte[] buffer = new byte[Math.min(FIRST_BUFFER, maxBytes + 1)];
            int count = 0;
            for (int read = 0; read >= 0; count += Math.max(read, 0)) {
                if (count > maxBytes) {
                    throw tooLong(about, maxBytes);
                }
                buffer = count < buffer.length ? buffer : Arrays.copyOf(buffer, Math.min(2 * count, maxBytes + 1));
                read = body.bytes().read(buffer, count, buffer.length - count);
            }
            return new SmallAnswer.Complete(about, ByteString.of(Arrays.copyOf(buffer, count)));
        } catch (OriginFailureException e) {
            return new SmallAnswer.Missing(e.failure());
        }
    }

    private static OriginFailureException tooLong(Representation about, int maxBytes) {
        return Failures.of(
                Kind.PROTOCOL,
                Endpoint.shown(about.uri()) + " is longer than the %,d bytes it may have".formatted(maxBytes));
    }
}
