package dev.byway.teredo.packet;

import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A UDP datagram of a capture that tcpdump made of miredo 1.2.6, client and server, in a lab with NATs.
 *
 * @param payload whole ones only
 */
public record Captured(UdpAddress from, UdpAddress to, ByteString payload) {
    private static final int ETHERNET = 14;
    private static final int LINUX_COOKED_2 = 20;
    private static final int UDP = 17;

    byte[] bytes() {
        return payload.toArray();
    }

    /** All of a file of the golden folder, in their order. */
    public static List<Captured> in(String file) {
        try (InputStream in =
                Objects.requireNonNull(Captured.class.getResourceAsStream("/dev/byway/teredo/golden/" + file), file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int link = bytes.getInt(20) == 1 ? ETHERNET : LINUX_COOKED_2;
            bytes.position(24);
            List<Captured> all = new ArrayList<>();
            while (bytes.hasRemaining()) {
                bytes.getLong();
                int length = bytes.getInt();
                boolean whole = bytes.getInt() == length;
                ByteBuffer frame = bytes.slice(bytes.position(), length).position(link);
                bytes.position(bytes.position() + length);
                if (whole) {
                    datagram(frame.slice(), all);
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void datagram(ByteBuffer ip, List<Captured> all) {
        if (ip.get(0) >>> 4 != 4 || ip.get(9) != UDP) {
            return;
        }
        int header = (ip.get(0) & 15) * 4;
        UdpAddress from = new UdpAddress(ip.getInt(12), Short.toUnsignedInt(ip.getShort(header)));
        UdpAddress to = new UdpAddress(ip.getInt(16), Short.toUnsignedInt(ip.getShort(header + 2)));
        byte[] payload = new byte[Short.toUnsignedInt(ip.getShort(header + 4)) - 8];
        ip.get(header + 8, payload);
        all.add(new Captured(from, to, ByteString.of(payload)));
    }
}
