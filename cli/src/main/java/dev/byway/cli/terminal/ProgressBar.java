package dev.byway.cli.terminal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi;

/**
 * Draws a {@link Progress} as one line: name, bar, percentage, rate, time left, sources. The bar has a segment per source, in
 * a colour, or a letter of its own where there are no colours. Never wider than the terminal.
 */
public final class ProgressBar {
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 60;
    private static final int MOST_LABEL = 28;

    private final Ansi ansi;

    public ProgressBar(Ansi ansi) {
        this.ansi = ansi;
    }

    /** The line, at most {@code columns} wide. */
    public String draw(Progress progress, int columns) {
        String facts = facts(progress);
        String label = Words.fit(progress.label(), Math.min(MOST_LABEL, Math.max(8, columns / 4)));
        int room = columns - 1 - label.length() - 4 - facts.length();
        if (room < LEAST_BAR) {
            String plain = label + "  " + facts;
            return plain.length() < columns ? plain : plain.substring(0, Math.max(0, columns - 1));
        }
        return label + " [" + bar(progress, Math.min(MOST_BAR, room)) + "] " + facts;
    }

    private String bar(Progress progress, int cells) {
        long whole = progress.total().orElse(0);
        List<Share> shares = progress.shares().isEmpty()
                ? List.of(new Share(Optional.empty(), "read", progress.done(), '=', "green"))
                : progress.shares();
        int[] given = Share.divide(shares, Math.max(whole, sum(shares)), cells);
        StringBuilder bar = new StringBuilder();
        int drawn = 0;
        for (int i = 0; i < given.length && whole > 0; i++) {
            if (given[i] > 0) {
                Share share = shares.get(i);
                String run = String.valueOf(share.mark()).repeat(given[i]);
                bar.append(ansi.string("@|" + share.colour() + " " + run + "|@"));
                drawn += given[i];
            }
        }
        return bar.append(" ".repeat(cells - drawn)).toString();
    }

    private static long sum(List<Share> shares) {
        return shares.stream().mapToLong(Share::bytes).sum();
    }

    /** {@code 42 %  1.2 MB of 3 MB  12.3 MB/s  8 s left  neighbours 60 %, origin 40 %}. */
    static String facts(Progress progress) {
        StringBuilder facts = new StringBuilder();
        OptionalInt percent = progress.percent();
        if (percent.isPresent()) {
            facts.append(String.format("%3d %%  ", percent.getAsInt()));
        } else {
            facts.append(Words.size(progress.done())).append("  ");
        }
        facts.append(String.format("%11s", Words.rate(progress.bytesPerSecond())));
        progress.left()
                .ifPresent(left -> facts.append("  ").append(Words.time(left)).append(" left"));
        String sources = sources(progress.shares());
        return sources.isEmpty() ? facts.toString() : facts + "  " + sources;
    }

    private static String sources(List<Share> shares) {
        int[] percent = Share.divide(shares, sum(shares), 100);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < percent.length; i++) {
            if (percent[i] > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(shares.get(i).label())
                        .append(' ')
                        .append(percent[i])
                        .append(" %");
            }
        }
        return text.toString();
    }
}
