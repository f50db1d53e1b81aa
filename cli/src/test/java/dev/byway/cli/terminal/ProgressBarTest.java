package dev.byway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Outlet;
import dev.byway.core.account.SourceBytes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ProgressBarTest {
    private static final SourceBytes HALF_AND_HALF = new SourceBytes(250, 0, 250, 0, 0);

    private static Progress progress() {
        return Progress.ofDownload("big.iso", 500, OptionalLong.of(1000), 100, 0, HALF_AND_HALF, 3);
    }

    private static String draw(Progress progress, int columns) {
        return new ProgressBar(Ansi.OFF).draw(List.of(progress), columns).getFirst();
    }

    @Test
    void barsLieBelowOneAnotherAlsoOnANarrowTerminal() {
        Progress early = Progress.ofDownload("device-10", 0, OptionalLong.empty(), 0, 0, SourceBytes.NONE, 0);
        for (int columns : new int[] {80, 120}) {
            List<String> lines = new ProgressBar(Ansi.OFF).draw(List.of(early, progress()), columns);
            assertThat(lines.getFirst().indexOf('['))
                    .isPositive()
                    .isEqualTo(lines.getLast().indexOf('['));
            assertThat(lines.getFirst().indexOf(']')).isEqualTo(lines.getLast().indexOf(']'));
            assertThat(lines.getLast()).contains("origin 50 %, neighbours 50 %");
        }
    }

    @Test
    void theBarHasASegmentForEachSource() {
        assertThat(draw(progress(), 200))
                .startsWith("big.iso [" + "#".repeat(15) + "=".repeat(15) + " ".repeat(30) + "]")
                .contains(" 50 %")
                .contains("100 B/s")
                .contains("0:05 left")
                .endsWith("origin 50 %, neighbours 50 %");
    }

    @Test
    void segmentsAreInColourWhereThereAreColours() {
        assertThat(new ProgressBar(Ansi.ON).draw(List.of(progress()), 200).getFirst())
                .contains("\u001b[33m###")
                .contains("\u001b[32m===");
    }

    @Test
    void aNarrowTerminalGetsTheFactsWithoutABar() {
        assertThat(draw(progress(), 40)).doesNotContain("[").hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void anUnknownLengthShowsTheBytesSoFar() {
        Progress unknown = Progress.ofDownload("x", 2048, OptionalLong.empty(), 10, 0, SourceBytes.NONE, 0);
        assertThat(draw(unknown, 100)).contains("2 KB").doesNotContain("left");
    }

    @Test
    void withoutATerminalNoControlCharacterIsWritten() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), err, err, OptionalInt.empty());
        ProgressView view = ProgressView.on(console, false);
        view.show(List.of(progress()));
        view.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .doesNotContain("\u001b")
                .doesNotContain("\r");
    }

    @Test
    void onATerminalSeveralLinesAreRedrawnInPlaceAndTakenAway() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ProgressView view =
                ProgressView.on(new Console(InputStream.nullInputStream(), err, err, OptionalInt.of(80)), false);
        view.show(List.of(progress(), progress()));
        view.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("big.iso").endsWith("\u001b[A\r\u001b[J");
    }

    @Test
    void quietIsQuiet() {
        assertThat(ProgressView.on(Console.system(Outlet.ofThisProcess()), true))
                .isInstanceOf(ProgressView.Nothing.class);
    }
}
