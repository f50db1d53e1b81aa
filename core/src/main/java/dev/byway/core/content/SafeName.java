package dev.byway.core.content;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a published file, relative to the folder that was published: segments with {@code /} between them.
 *
 * <p>Such a name comes from outside and ends up as a path on somebody's disk, so it must mean the same file, inside the
 * folder, on Linux, Windows and macOS. Refused is therefore whatever any of them takes for more than letters: {@code ..}
 * and {@code .}, absolute names, drive letters and streams ({@code :}), backslashes, Windows' device names and reserved
 * characters, trailing dots and spaces, control and invisible formatting characters, text that is not in Unicode's
 * normal form C. A percent sign is a letter: names are never decoded.
 *
 * @param value at most {@link #MAX_BYTES} bytes of UTF-8, in at most {@link #MAX_SEGMENTS} segments of at most {@link
 *     #MAX_SEGMENT_BYTES} bytes
 */
public record SafeName(String value) implements Comparable<SafeName> {
    public static final int MAX_BYTES = 1024;
    public static final int MAX_SEGMENT_BYTES = 255;
    public static final int MAX_SEGMENTS = 32;

    private static final String RESERVED = "<>:\"|?*\\";
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$");
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /**
     * @throws IllegalArgumentException for a name that is not safe; the message says why
     */
    public SafeName {
        problemWith(value).ifPresent(problem -> {
            throw new IllegalArgumentException("the name " + shown(value) + " " + problem);
        });
    }

    /**
     * The name of a local file that is to be published: as the constructor, but normalized first, as some file systems hand
     * out names in another normal form.
     */
    public static SafeName ofLocal(String relativeName) {
        return new SafeName(Normalizer.normalize(relativeName, Normalizer.Form.NFC));
    }

    /** Why {@code name} is not safe, as the end of a sentence that starts with the name; empty when it is. */
    public static Optional<String> problemWith(String name) {
        if (name.length() > MAX_BYTES || utf8Length(name) > MAX_BYTES) {
            return Optional.of("is longer than " + MAX_BYTES + " bytes");
        }
        List<String> segments = List.of(name.split("/", -1));
        if (segments.size() > MAX_SEGMENTS) {
            return Optional.of("has more than " + MAX_SEGMENTS + " segments");
        }
        return characterProblem(name)
                .or(() -> segments.stream()
                        .flatMap(segment -> segmentProblem(segment).stream())
                        .findFirst());
    }

    /** The segments in order, at least one. */
    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /** The last segment: the file's own name. */
    public String last() {
        return segments().getLast();
    }

    @Override
    public int compareTo(SafeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> characterProblem(String name) {
        Optional<String> forbidden = name.codePoints()
                .filter(SafeName::isForbidden)
                .mapToObj(c -> "has the forbidden character " + shown(Character.toString(c)))
                .findFirst();
        // Normalizing a lone surrogate is not defined, so the characters come first.
        return forbidden.isPresent() || Normalizer.isNormalized(name, Normalizer.Form.NFC)
                ? forbidden
                : Optional.of("is not in Unicode normal form C");
    }

    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
            default -> RESERVED.indexOf(c) >= 0;
        };
    }

    private static Optional<String> segmentProblem(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("has an empty segment, or is absolute, or ends in a slash");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("climbs: it has the segment " + segment);
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return Optional.of("has a segment that ends in a dot or a space");
        }
        if (utf8Length(segment) > MAX_SEGMENT_BYTES) {
            return Optional.of("has a segment longer than " + MAX_SEGMENT_BYTES + " bytes");
        }
        return isDevice(segment)
                ? Optional.of("has the segment " + segment + ", which is a device on Windows")
                : Optional.empty();
    }

    private static boolean isDevice(String segment) {
        int dot = segment.indexOf('.');
        String stem =
                (dot < 0 ? segment : segment.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return DEVICES.contains(stem) || stem.matches("(COM|LPT)[0-9\u00b9\u00b2\u00b3]");
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The start of a hostile text in quotes, with everything but plain characters escaped. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(80).forEach(c -> {
            if (c >= 0x20 && c != 0x7f && Character.isDefined(c) && !isInvisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > 80 ? "…'" : "'")
                .toString();
    }

    private static boolean isInvisible(int c) {
        return isForbidden(c) && RESERVED.indexOf(c) < 0;
    }
}
