package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The golden files, which were not written by the codec, and the frames that they are. */
public final class Golden {
    private static final Digest UP = Digest.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final Digest DOWN = Digest.parse("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100");

    private Golden() {}

    /** At least one frame of every type, by the name of its file. */
    public static Map<String, Frame> frames() {
        Map<String, Frame> frames = new LinkedHashMap<>();
        frames.put("hello", new Frame.Hello(Feature.PROBE | Feature.INTENT, 7680, "byway/0.1.0", "Büro 7"));
        frames.put("keep-alive", new Frame.KeepAlive());
        frames.put("bye", new Frame.Bye(RejectReason.DUPLICATE));
        frames.put("bye-policy", new Frame.Bye(RejectReason.OTHER_GROUP));
        frames.put("open", new Frame.Open(1, new ContentId(UP, (3 << 20) + 5), 1 << 20, true, ByteString.EMPTY));
        frames.put(
                "open-ticket",
                new Frame.Open(
                        2, new ContentId(DOWN, 20L << 30), 1 << 21, false, ByteString.of((byte) 1, (byte) 2, (byte)
                                3)));
        frames.put("close", new Frame.Close(1));
        frames.put("reject-open", new Frame.RejectOpen(1, RejectReason.NOT_ALLOWED, 0));
        frames.put("reject-open-policy", new Frame.RejectOpen(1, RejectReason.ON_BATTERY, 0));
        frames.put("bitfield", new Frame.Bitfield(1, ByteString.of((byte) 0xB0)));
        frames.put("have", new Frame.Have(1, 1, 2));
        frames.put("intent", new Frame.Intent(1, 3, 5000, false));
        frames.put("intent-relayed", new Frame.Intent(1, 2, 0, true));
        frames.put("request", new Frame.Request(1, 7, 1 << 20, 256 << 10));
        frames.put("data", new Frame.Data(7, 1 << 20, ByteBuffer.wrap("BYWAY".getBytes(StandardCharsets.US_ASCII))));
        frames.put("reject-request", new Frame.RejectRequest(7, RejectReason.BUSY, 250));
        frames.put("cancel", new Frame.Cancel(7));
        frames.put("hash-request", new Frame.HashRequest(1, 8, 0, 2));
        frames.put("hashes", new Frame.Hashes(8, 0, List.of(UP, DOWN)));
        frames.put("complaint", new Frame.Complaint(1, 2));
        frames.put("probe", new Frame.Probe(0xCAFEF00D));
        frames.put("probe-result", new Frame.ProbeResult(0xCAFEF00D, ProbeOutcome.HANDSHAKE, Hearing.NOT_HEARD));
        frames.put("seek", new Frame.Seek(UP, true));
        frames.put("seek-no-more", new Frame.Seek(UP, false));
        frames.put("lacks", new Frame.Lacks(UP));
        frames.put("fetching", new Frame.Fetching(UP, 5 << 20, 50 << 20));
        frames.put("whole", new Frame.Whole(UP, new ContentId(DOWN, 50 << 20), 1 << 18));
        return frames;
    }

    /** The frame of one golden file. */
    public static Frame frame(String name) {
        return Objects.requireNonNull(frames().get(name), name);
    }

    /** Names of the files that are whole frames but not what the codec would write. */
    public static List<String> foreign() {
        return List.of("hello-extended", "unknown");
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(
                Golden.class.getResourceAsStream("golden/" + name + ".hex"), "no golden file " + name)) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
