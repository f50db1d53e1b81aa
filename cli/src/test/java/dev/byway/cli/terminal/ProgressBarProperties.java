package dev.byway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceBytes;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import picocli.CommandLine.Help.Ansi;

class ProgressBarProperties {
    private final ProgressBar bar = new ProgressBar(Ansi.OFF);

    @Property
    void aLineIsNeverWiderThanTheTerminal(
            @ForAll @StringLength(max = 300) String label,
            @ForAll @IntRange(min = 20, max = 300) int columns,
            @ForAll @LongRange(min = 0, max = 1L << 50) long done,
            @ForAll @LongRange(min = 0, max = 1L << 50) long total,
            @ForAll @LongRange(min = 0, max = 1L << 40) long rate,
            @ForAll @LongRange(min = 0, max = 1L << 48) long origin,
            @ForAll @LongRange(min = 0, max = 1L << 48) long lan) {
        SourceBytes sources = new SourceBytes(origin, 0, lan, 0, 0);
        Progress progress = Progress.ofDownload(label, done, OptionalLong.of(total), rate, 0, sources, 3);
        Progress another = Progress.ofReading("another", done, total, rate);
        assertThat(bar.draw(List.of(progress, another), columns))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns + 1));
    }

    @Property
    void sharesNeverFillMoreThanThereIs(
            @ForAll @LongRange(min = 0, max = 1L << 48) long held,
            @ForAll @LongRange(min = 0, max = 1L << 48) long origin,
            @ForAll @LongRange(min = 0, max = 1L << 48) long lan,
            @ForAll @LongRange(min = 0, max = 1L << 48) long missing,
            @ForAll @IntRange(min = 1, max = 200) int units) {
        var shares = Share.of(held, new SourceBytes(origin, 0, lan, 0, 0));
        int[] given = Share.divide(shares, held + origin + lan + missing, units);
        int sum = 0;
        for (int i = 0; i < given.length; i++) {
            assertThat(given[i]).isNotNegative();
            if (shares.get(i).bytes() == 0) {
                assertThat(given[i]).isZero();
            }
            sum += given[i];
        }
        assertThat(sum).isLessThanOrEqualTo(units);
        if (missing == 0 && held + origin + lan > 0) {
            assertThat(sum).isEqualTo(units);
        }
    }
}
