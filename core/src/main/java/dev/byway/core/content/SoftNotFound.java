package dev.byway.core.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Knows by its form the page for people that some servers send, with status 200, instead of "not found". */
public final class SoftNotFound {
    /** Bytes that are looked at. */
    private static final int START = 1024;

    private SoftNotFound() {}

    /** Whether a file that should be JSON, or a list of digests, is such a page. */
    public static boolean isPage(byte[] bytes) {
        String start = new String(Arrays.copyOf(bytes, Math.min(START, bytes.length)), StandardCharsets.UTF_8);
        return (start.startsWith("\ufeff") ? start.substring(1) : start)
                .stripLeading()
                .startsWith("<");
    }
}
