package dev.byway.core.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program and its arguments.
 *
 * @param arguments the program first
 */
public record Command(List<String> arguments) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Command {
        arguments = List.copyOf(arguments);
    }

    /** Words that hold no spaces, split at spaces. */
    public static Command of(String words, String... more) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(more));
        return new Command(all);
    }

    /** As one types it into a POSIX shell. */
    @Override
    public String toString() {
        return String.join(" ", arguments.stream().map(Command::quoted).toList());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
