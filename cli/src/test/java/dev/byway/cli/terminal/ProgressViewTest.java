package dev.byway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.cli.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private static final String ERASE_BELOW = "\u001b[J";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private ProgressView bars() {
        PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return ProgressView.on(new Console(InputStream.nullInputStream(), stream, stream, OptionalInt.of(80)), false);
    }

    private static List<Progress> files(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Progress.ofReading("file-" + i, 5, 10, 1))
                .toList();
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void noMoreBarsThanFitAndNoneOfBeforeBelowThem() {
        bars().show(files(20));
        assertThat(shown()).contains("file-7").doesNotContain("file-8").endsWith(ERASE_BELOW);
    }

    @Test
    void theEndGoesUpOverAllThatWereDrawn() {
        ProgressView bars = bars();
        bars.show(files(3));
        screen.reset();
        bars.end();
        assertThat(shown()).isEqualTo("\r\u001b[A\u001b[A\r" + ERASE_BELOW);
    }

    @Test
    void nothingIsShownOfNothing() {
        bars().show(List.of());
        assertThat(shown()).isEmpty();
    }
}
