package dev.byway.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Guesses what somebody meant to type. */
final class Spelling {
    private Spelling() {}

    /** Those of {@code known} that are a typing error or two away from {@code word}, nearest first. */
    static List<String> near(String word, Collection<String> known) {
        int most = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(one -> edits(word, one) <= most)
                .sorted(Comparator.comparingInt(one -> edits(word, one)))
                .limit(3)
                .toList();
    }

    /** Letters to add, drop, change or swap with their neighbour: the optimal string alignment distance. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least = Math.min(edits[i - 1][j - 1] + change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
            }
        }
        return edits[from.length()][to.length()];
    }
}
