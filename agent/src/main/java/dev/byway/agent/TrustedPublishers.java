package dev.byway.agent;

import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the setting {@code trust.publishers}: public keys, or files that hold some. */
final class TrustedPublishers {
    /** Longest file of keys, in bytes. */
    static final int MAX_FILE = 1 << 20;

    private static final String SETTING = "trust.publishers";

    private TrustedPublishers() {}

    /**
     * All keys.
     *
     * @throws KeyFormatException for what is neither a key nor a file of keys; says what to mend
     */
    static List<PublisherKey> read(List<String> entries) {
        List<PublisherKey> keys = new ArrayList<>();
        for (String entry : entries) {
            keys.addAll(entry.startsWith(PublisherKey.PREFIX) ? key(entry) : file(entry));
        }
        return List.copyOf(keys);
    }

    private static List<PublisherKey> key(String line) {
        try {
            return List.of(PublisherKey.parse(line));
        } catch (KeyFormatException e) {
            throw new KeyFormatException(SETTING + ": " + e.getMessage());
        }
    }

    private static List<PublisherKey> file(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_FILE) {
                throw new KeyFormatException(SETTING + ": the file " + name + " is longer than " + MAX_FILE + " bytes");
            }
            return keys(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            throw new KeyFormatException(SETTING + ": '" + name + "' is no key that starts with " + PublisherKey.PREFIX
                    + " and no file that can be read: correct it, or the file's rights");
        }
    }

    private static List<PublisherKey> keys(String name, String text) {
        try {
            return PublisherKey.parseList(text);
        } catch (KeyFormatException e) {
            throw new KeyFormatException(SETTING + ": the file " + name + ", " + e.getMessage());
        }
    }
}
