package dev.byway.core.policy;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what somebody meant to write: the word with the fewest insertions, deletions, replacements and swaps of
 * neighbours (optimal string alignment distance), whatever the case.
 */
final class Spelling {
    /** Longest word looked at; nothing is like a longer one. */
    static final int MAX_LENGTH = 100;

    private record Candidate(String word, int distance) {}

    private Spelling() {}

    /** The first of the words nearest to {@code word}, unless more than half of its letters would have to change. */
    static Optional<String> nearest(String word, Stream<String> words) {
        return word.length() > MAX_LENGTH
                ? Optional.empty()
                : words.map(known -> new Candidate(known, distance(word, known)))
                        .filter(candidate -> candidate.distance() <= Math.max(2, word.length() / 2))
                        .min(Comparator.comparingInt(Candidate::distance))
                        .map(Candidate::word);
    }

    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
