package dev.byway.core.content;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which parameters of the query say what the file is, at one host: the others, such as signatures and tokens, are only for its server.
 *
 * @param host a name, or {@code *.} and a name for all hosts below it; in lower case
 * @param parameters names that matter, as they stand in URLs; none: the path alone is the file
 */
public record UrlRule(String host, List<String> parameters) {
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~%-]{1,64}");

    public UrlRule {
        parameters = List.copyOf(parameters);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("not a host, or *. and a host: " + host);
        }
        for (String parameter : parameters) {
            if (!PARAMETER.matcher(parameter).matches()) {
                throw new IllegalArgumentException("not the name of a parameter: " + parameter);
            }
        }
    }

    /**
     * Reads {@code downloads.example.com=version+arch}, or {@code cdn.example.com=} where no parameter matters.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static UrlRule parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "a rule is written host=parameter+parameter, or host= where none matters");
        }
        String names = text.substring(equals + 1).strip();
        return new UrlRule(
                text.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                names.isEmpty() ? List.of() : List.of(names.split("\\+", -1)));
    }

    /**
     * What names the file that a URL leads to, by the first rule for its host: without user information and fragment, and with those
     * parameters only that matter, in the order of their names. A URL without a query needs no rule.
     *
     * @return empty for a URL with a query for which there is no rule: what its file is, nobody but its server knows
     */
    public static Optional<URI> identity(URI url, List<UrlRule> rules) {
        if (url.getRawQuery() == null) {
            return Optional.of(UrlPrivacy.redact(url));
        }
        String host = Optional.ofNullable(url.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return rules.stream().filter(rule -> rule.isFor(host)).findFirst().map(rule -> rule.identity(url));
    }

    private boolean isFor(String name) {
        return host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host);
    }

    private URI identity(URI url) {
        String query = Arrays.stream(url.getRawQuery().split("&"))
                .filter(parameter -> parameters.contains(parameter.split("=", 2)[0]))
                .sorted()
                .collect(Collectors.joining("&"));
        return URI.create(UrlPrivacy.redact(url) + (query.isEmpty() ? "" : "?" + query));
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        return host + "=" + String.join("+", parameters);
    }
}
