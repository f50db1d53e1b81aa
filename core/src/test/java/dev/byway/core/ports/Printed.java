package dev.byway.core.ports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What the tools of firewalls print. Those of Linux printed it in a network namespace: nftables 1.0.6, iptables 1.8.9, ufw
 * 0.36.2, firewalld 1.3.3. No Windows or macOS was at hand: {@code .reg}, {@code .alf} and {@code .pf} are put together of lines that
 * {@code reg query} (Windows 11), {@code socketfilterfw} and {@code pfctl} (macOS 10.15 to 26) printed on machines of others, with Byway's own rules among them in the same form.
 */
final class Printed {
    private Printed() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Printed.class.getResourceAsStream("printed/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
