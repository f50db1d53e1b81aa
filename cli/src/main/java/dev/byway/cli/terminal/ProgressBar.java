package dev.byway.cli.terminal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/**
 * Draws each {@link Progress} as one line: name, bar, percentage, rate, time left, sources. The bar has a segment per source, in
 * a colour, or a letter of its own where there are no colours. Bars lie below one another, and no line is wider than the
 * terminal: a narrow one is told less.
 */
public final class ProgressBar {
    private static final int LEAST_BAR = 10;
    private static final int MOST_BAR = 60;
    private static final int LEAST_LABEL = 8;
    private static final int MOST_LABEL = 28;

    /** What stands behind the bar, the most first. */
    private enum Detail {
        ALL,
        NO_TIME_LEFT,
        NO_SOURCES
    }

    private final Ansi ansi;

    public ProgressBar(Ansi ansi) {
        this.ansi = ansi;
    }

    /** The lines, each at most {@code columns} wide. */
    public List<String> draw(List<Progress> all, int columns) {
        int most = Math.min(MOST_LABEL, Math.max(LEAST_LABEL, columns / 5));
        List<String> labels =
                all.stream().map(one -> Words.fit(one.label(), most)).toList();
        for (Detail detail : Detail.values()) {
            List<String> facts = all.stream().map(one -> facts(one, detail)).toList();
            int room = columns - 1 - longest(labels) - 4 - longest(facts);
            if (room >= LEAST_BAR) {
                int cells = Math.min(MOST_BAR, room);
                return IntStream.range(0, all.size())
                        .mapToObj(i -> padded(labels, i) + " [" + bar(all.get(i), cells) + "] " + facts.get(i))
                        .toList();
            }
        }
        return IntStream.range(0, all.size())
                .mapToObj(i -> padded(labels, i) + "  " + facts(all.get(i), Detail.NO_SOURCES))
                .map(line -> line.substring(0, Math.min(line.length(), Math.max(0, columns - 1))))
                .toList();
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(List<String> labels, int index) {
        String label = labels.get(index);
        return label + " ".repeat(longest(labels) - label.length());
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

    /** {@code 42 %  12.3 MB/s  0:08 left  neighbours 60 %, origin 40 %}. */
    static String facts(Progress progress) {
        return facts(progress, Detail.ALL);
    }

    private static String facts(Progress progress, Detail detail) {
        OptionalInt percent = progress.percent();
        String amount = percent.isPresent() ? String.format("%3d %%", percent.getAsInt()) : Words.size(progress.done());
        StringBuilder facts =
                new StringBuilder(String.format("%5s  %11s", amount, Words.rate(progress.bytesPerSecond())));
        if (detail != Detail.NO_TIME_LEFT) {
            String left =
                    progress.left().map(time -> Words.clock(time) + " left").orElse("");
            facts.append(String.format("  %10s", left));
        }
        String sources = detail == Detail.NO_SOURCES ? "" : sources(progress.shares());
        return sources.isEmpty() ? facts.toString().stripTrailing() : facts + "  " + sources;
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
