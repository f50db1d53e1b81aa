package dev.byway.cli.terminal;

import dev.byway.cli.command.Console;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Shows progress as it comes. One thread. */
public sealed interface ProgressView {
    /** Shows where things stand, one line each; may pass over what comes too fast. */
    void show(List<Progress> lines);

    /** Takes away what should not stay. */
    void end();

    /** The view that fits: a bar on a terminal, a line every few seconds elsewhere, nothing when {@code quiet}. */
    static ProgressView on(Console console, boolean quiet) {
        if (quiet) {
            return new Nothing();
        }
        return console.columns().isPresent()
                ? new Bars(console, console.columns().getAsInt())
                : new Lines(console);
    }

    /** Shows nothing. */
    record Nothing() implements ProgressView {
        @Override
        public void show(List<Progress> lines) {}

        @Override
        public void end() {}
    }

    /** Redraws bars in place, as many as there are just now. */
    final class Bars implements ProgressView {
        private static final Duration EVERY = Duration.ofMillis(100);
        private static final String ERASE_LINE = "\r\u001b[K";
        private static final String LINE_UP = "\u001b[A";
        private static final String ERASE_BELOW = "\u001b[J";
        /** More lines than that say less. */
        private static final int MOST = 8;

        private final Console console;
        private final int columns;
        private final ProgressBar bar = new ProgressBar(Ansi.AUTO.enabled() ? Ansi.ON : Ansi.OFF);
        private int drawn;
        private Optional<Long> last = Optional.empty();

        Bars(Console console, int columns) {
            this.console = console;
            this.columns = columns;
        }

        @Override
        public void show(List<Progress> lines) {
            long now = System.nanoTime();
            if (lines.isEmpty() || (last.isPresent() && now - last.get() < EVERY.toNanos())) {
                return;
            }
            last = Optional.of(now);
            StringBuilder text = new StringBuilder(up());
            List<Progress> shown = lines.subList(0, Math.min(MOST, lines.size()));
            text.append(bar.draw(shown, columns).stream()
                            .map(line -> ERASE_LINE + line)
                            .collect(Collectors.joining("\n")))
                    .append(ERASE_BELOW);
            drawn = shown.size();
            console.err().print(text);
            console.err().flush();
        }

        private String up() {
            return drawn == 0 ? "" : "\r" + LINE_UP.repeat(drawn - 1);
        }

        @Override
        public void end() {
            if (drawn > 0) {
                console.err().print(up() + "\r" + ERASE_BELOW);
                console.err().flush();
                drawn = 0;
            }
            last = Optional.empty();
        }
    }

    /** Writes a line every few seconds. */
    final class Lines implements ProgressView {
        private static final Duration EVERY = Duration.ofSeconds(5);

        private final Console console;
        private long last = System.nanoTime();

        Lines(Console console) {
            this.console = console;
        }

        @Override
        public void show(List<Progress> lines) {
            if (System.nanoTime() - last < EVERY.toNanos()) {
                return;
            }
            last = System.nanoTime();
            lines.forEach(line -> console.err()
                    .println(line.label() + "  " + ProgressBar.facts(line).strip()));
        }

        @Override
        public void end() {
            last = System.nanoTime();
        }
    }
}
