package dev.byway.cli.get;

import dev.byway.cli.command.CommandException;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.UrlPrivacy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads URLs as people write them. */
public final class UrlText {
    private UrlText() {}

    /**
     * An absolute http or https URL. Spaces and letters beyond ASCII are escaped; without a scheme, https is meant.
     *
     * @throws CommandException when it is none
     */
    public static URI parse(String text) {
        String stripped = text.strip();
        String absolute = stripped.contains("://") ? stripped : "https://" + stripped;
        try {
            URI url = new URI(new URI(escaped(absolute)).toASCIIString());
            String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw CommandException.wrongUsage(
                        "only http and https URLs can be fetched, not " + scheme + ": " + shown(url));
            }
            if (url.getHost() == null) {
                throw CommandException.wrongUsage("the URL " + shown(url) + " names no host: write https://HOST/PATH");
            }
            return withoutFragment(url);
        } catch (URISyntaxException e) {
            throw CommandException.wrongUsage(
                    "not a URL: write https://HOST/PATH (" + e.getReason() + " at character " + e.getIndex() + ")");
        }
    }

    private static String shown(URI url) {
        return UrlPrivacy.redact(url).toString();
    }

    private static URI withoutFragment(URI url) {
        String text = url.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? url : URI.create(text.substring(0, hash));
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (" \"<>\\^`{|}".indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    /** The name of the file at {@code url}: its last segment, if that can be a file's name anywhere. */
    public static Optional<String> fileName(URI url) {
        String path = Optional.ofNullable(url.getPath()).orElse("");
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean usable = !last.isEmpty() && SafeName.problemWith(last).isEmpty() && !last.startsWith("-");
        return Optional.of(last).filter(_ -> usable);
    }
}
