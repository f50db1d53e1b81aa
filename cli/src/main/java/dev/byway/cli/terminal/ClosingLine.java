package dev.byway.cli.terminal;

import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The one line at the end of a download: {@code 3.4 GB in 41 s: 93 % from 4 neighbours, 7 % from the origin}. */
public final class ClosingLine {
    private ClosingLine() {}

    /**
     * The line.
     *
     * @param length bytes of the file
     * @param time that it took
     * @param held bytes that were here before
     * @param sources who gave the others
     * @param peers how many devices did
     */
    public static String of(long length, Duration time, long held, SourceBytes sources, int peers) {
        List<Share> shares = Share.of(held, sources);
        int known = oneKindOfPeer(sources) ? peers : 0;
        long whole = shares.stream().mapToLong(Share::bytes).sum();
        int[] percent = Share.divide(shares, whole, 100);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < percent.length; i++) {
            if (shares.get(i).bytes() > 0) {
                parts.add(new Part(shares.get(i).bytes(), percent(percent[i]) + " % " + source(shares.get(i), known)));
            }
        }
        parts.sort((a, b) -> Long.compare(b.bytes(), a.bytes()));
        String from = String.join(", ", parts.stream().map(Part::text).toList());
        return Words.size(length) + " in " + Words.time(time) + (from.isEmpty() ? "" : ": " + from);
    }

    private record Part(long bytes, String text) {}

    /** What gave something gave not nothing. */
    private static String percent(int percent) {
        return percent == 0 ? "under 1" : Integer.toString(percent);
    }

    private static boolean oneKindOfPeer(SourceBytes sources) {
        return Stream.of(SourceKind.values())
                        .filter(kind -> kind.isPeer() && sources.from(kind) > 0)
                        .count()
                == 1;
    }

    private static String source(Share share, int peers) {
        return share.source().map(kind -> source(kind, peers)).orElse("was here already");
    }

    private static String source(SourceKind kind, int peers) {
        return switch (kind) {
            case ORIGIN -> "from the origin";
            case CACHE -> "from the cache host";
            case LAN -> "from " + count(peers, "neighbour");
            case GROUP -> "from " + count(peers, "device") + " of the group";
            case INTERNET -> "from " + count(peers, "Internet peer");
        };
    }

    private static String count(int number, String one) {
        return number == 0 ? one + "s" : Words.count(number, one, one + "s");
    }
}
