package dev.byway.core.discovery;

import java.util.regex.Pattern;

/**
 * What a device tells the link about itself.
 *
 * @param instance name of this process on the link: a random 128-bit number, fresh at every start, as 32 lower-case
 *     hexadecimal digits. Being random it needs no probing for conflicts (RFC 6762 section 8.1), and it ties no two
 *     runs of a device together.
 * @param port TCP port on which links are taken; 0 when none are, then nothing is announced
 * @param device the device's id or a prefix of it, 8 to 64 lower-case hexadecimal digits. A hint: only the handshake
 *     proves it.
 */
public record Presence(String instance, int port, String device) {
    private static final Pattern INSTANCE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DEVICE = Pattern.compile("[0-9a-f]{8,64}");

    public Presence {
        if (!isInstance(instance)) {
            throw new IllegalArgumentException("an instance is 32 lower-case hexadecimal digits, not " + instance);
        }
        if (!isDevice(device)) {
            throw new IllegalArgumentException("a device is 8 to 64 lower-case hexadecimal digits, not " + device);
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not a TCP port: " + port);
        }
    }

    /** Whether this device takes links, and so is worth announcing. */
    public boolean isAnnounced() {
        return port != 0;
    }

    static boolean isInstance(String text) {
        return INSTANCE.matcher(text).matches();
    }

    static boolean isDevice(String text) {
        return DEVICE.matcher(text).matches();
    }
}
