package dev.byway.cli.terminal;

import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A part of a whole file by where it comes from, with the look it has in a bar.
 *
 * @param source what gave it; empty for what was here before
 * @param label for people
 * @param bytes of this part
 * @param mark in a bar without colours
 * @param colour for picocli's markup
 */
public record Share(Optional<SourceKind> source, String label, long bytes, char mark, String colour) {
    /** The parts of a file: what was here before, and the bytes of each source; those without bytes too. */
    public static List<Share> of(long held, SourceBytes sources) {
        List<Share> shares = new ArrayList<>();
        shares.add(new Share(Optional.empty(), "here already", held, ':', "faint"));
        for (SourceKind kind : SourceKind.values()) {
            shares.add(of(kind, sources.from(kind)));
        }
        return shares;
    }

    private static Share of(SourceKind kind, long bytes) {
        Optional<SourceKind> source = Optional.of(kind);
        return switch (kind) {
            case ORIGIN -> new Share(source, "origin", bytes, '#', "yellow");
            case CACHE -> new Share(source, "cache", bytes, '%', "cyan");
            case LAN -> new Share(source, "neighbours", bytes, '=', "green");
            case GROUP -> new Share(source, "group", bytes, '+', "blue");
            case INTERNET -> new Share(source, "internet peers", bytes, '~', "magenta");
        };
    }

    /**
     * Divides {@code units} among {@code shares} in proportion to their bytes of {@code whole}: largest remainder first, so that
     * they add up to the units that all their bytes together make.
     *
     * @param whole at least the sum of the bytes; 0 divides nothing
     */
    public static int[] divide(List<Share> shares, long whole, int units) {
        int[] given = new int[shares.size()];
        if (whole <= 0) {
            return given;
        }
        double[] rest = new double[given.length];
        double all = 0;
        int used = 0;
        for (int i = 0; i < given.length; i++) {
            double exact = (double) shares.get(i).bytes() / whole * units;
            all += exact;
            given[i] = (int) exact;
            rest[i] = exact - given[i];
            used += given[i];
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -rest[i]));
        int wanted = Math.min(units, (int) Math.floor(all + 1e-9));
        for (int i = 0; used < wanted; i++, used++) {
            given[order.get(i)]++;
        }
        return given;
    }
}
