package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * When a download began and ended, to the microsecond: two files beside it, NAME.started and NAME.done, with the time in
 * seconds. The shell that starts a program's command on the device writes the first one; the program's own word that the
 * download is complete, its end or its hook, the second one.
 */
final class Stamps {
    private static final String STARTED = "echo $EPOCHREALTIME >\"$0.started\" && ";

    private Stamps() {}

    /** Starts a command, its arguments after these, that tells in another way when the download is complete. */
    static List<String> start(Device device, Wanted file) {
        return List.of("bash", "-c", STARTED + "exec \"$@\"", file.on(device).toString());
    }

    /** Starts a command, its arguments after these, whose good end is that of the download. */
    static List<String> startAndEnd(Device device, Wanted file) {
        String ended = "\"$@\" && echo $EPOCHREALTIME >\"$0.done\"";
        return List.of("bash", "-c", STARTED + ended, file.on(device).toString());
    }

    /** A program for the hooks of those that stay; {@code path} is where the shell finds the download's path: {@code $3}. */
    static String hook(String path) {
        return "#!/bin/bash\necho $EPOCHREALTIME >\"" + path + ".done\"\n";
    }

    /** Seconds from begin to end; nothing while it has not ended. */
    static OptionalDouble seconds(Device device, Wanted file) {
        OptionalDouble begin = read(file.on(device).resolveSibling(file.name() + ".started"));
        OptionalDouble end = read(file.on(device).resolveSibling(file.name() + ".done"));
        return begin.isPresent() && end.isPresent()
                ? OptionalDouble.of(end.getAsDouble() - begin.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble read(Path stamp) {
        try {
            String text = Files.readString(stamp).strip().replace(',', '.');
            return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        } catch (NoSuchFileException e) {
            return OptionalDouble.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
