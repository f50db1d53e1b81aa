package dev.byway.cli.get;

import dev.byway.agent.job.JobRequest.Header;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code --header}: {@code Name: value}, or {@code @FILE} with one such line each. */
final class HeaderText {
    /** Longest file of header fields, in bytes. */
    static final int MAX_FILE = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> SECRETS = Set.of("authorization", "cookie", "proxy-authorization", "x-api-key");

    private HeaderText() {}

    /**
     * All fields of {@code arguments}.
     *
     * @throws CommandException for what is no header field
     */
    static List<Header> parseAll(List<String> arguments) {
        List<Header> headers = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("@")) {
                headers.addAll(file(Path.of(argument.substring(1))));
            } else {
                headers.add(parse(argument));
            }
        }
        return headers;
    }

    private static List<Header> file(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw CommandException.wrongUsage("--header @" + file + ": longer than " + MAX_FILE + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(HeaderText::parse)
                    .toList();
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read --header @" + file + " (" + Trouble.of(e) + ")");
        }
    }

    static Header parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        String value = text.substring(colon + 1).strip();
        if (!NAME.matcher(name).matches() || value.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.wrongUsage(
                    "--header takes 'Name: value' or @FILE" + (name.isEmpty() ? "" : "; look at '" + name + "'"));
        }
        return new Header(name, value);
    }

    /** Whether other users of the machine, who can read command lines, should better not see this argument. */
    static boolean showsSecret(String argument) {
        int colon = argument.indexOf(':');
        return colon > 0
                && SECRETS.contains(argument.substring(0, colon).strip().toLowerCase(Locale.ROOT));
    }
}
