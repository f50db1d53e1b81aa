package dev.byway.core.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Bytes by source. The component names are the JSON fields of every report.
 *
 * <p>The three percentages are those of Delivery Optimization's own reports, so that the numbers of both can be laid
 * side by side: with P from the LAN, G from the group, C from caches and D from the origin, savings are
 * {@code 100 (P+G+C) / (P+G+C+D)}. Bytes from Internet peers stand neither above nor below the line: they spare the
 * origin, but not the link of the site.
 *
 * @param origin bytes from the HTTP server of the URL, at least 0
 * @param cache bytes from cache hosts, at least 0
 * @param lan bytes from devices of the same site, at least 0
 * @param group bytes from devices of the same group elsewhere, at least 0
 * @param internet bytes from other devices, at least 0
 */
public record SourceBytes(long origin, long cache, long lan, long group, long internet) {
    public static final SourceBytes NONE = new SourceBytes(0, 0, 0, 0, 0);

    public SourceBytes {
        if (origin < 0 || cache < 0 || lan < 0 || group < 0 || internet < 0) {
            throw new IllegalArgumentException("a source cannot give a negative number of bytes");
        }
    }

    /** {@code bytes} from {@code kind} and nothing else. */
    public static SourceBytes of(SourceKind kind, long bytes) {
        return switch (kind) {
            case ORIGIN -> new SourceBytes(bytes, 0, 0, 0, 0);
            case CACHE -> new SourceBytes(0, bytes, 0, 0, 0);
            case LAN -> new SourceBytes(0, 0, bytes, 0, 0);
            case GROUP -> new SourceBytes(0, 0, 0, bytes, 0);
            case INTERNET -> new SourceBytes(0, 0, 0, 0, bytes);
        };
    }

    /** The bytes from {@code kind}. */
    public long from(SourceKind kind) {
        return switch (kind) {
            case ORIGIN -> origin;
            case CACHE -> cache;
            case LAN -> lan;
            case GROUP -> group;
            case INTERNET -> internet;
        };
    }

    /** The sum of both, source by source. */
    public SourceBytes plus(SourceBytes other) {
        return new SourceBytes(
                Math.addExact(origin, other.origin),
                Math.addExact(cache, other.cache),
                Math.addExact(lan, other.lan),
                Math.addExact(group, other.group),
                Math.addExact(internet, other.internet));
    }

    /** All bytes together. */
    public long total() {
        return Math.addExact(Math.addExact(origin, cache), fromPeers());
    }

    /** The bytes from devices of every kind. */
    public long fromPeers() {
        return Math.addExact(Math.addExact(lan, group), internet);
    }

    /** Bandwidth savings, 0 to 100; empty when nothing came from the origin, caches, the LAN or the group. */
    public OptionalDouble savingsPercent() {
        return percentOfSite((double) lan + group + cache);
    }

    /** The part of the savings that peers made, 0 to 100; empty as above. */
    public OptionalDouble peerPercent() {
        return percentOfSite((double) lan + group);
    }

    /** The part of the savings that caches made, 0 to 100; empty as above. */
    public OptionalDouble cachePercent() {
        return percentOfSite((double) cache);
    }

    private OptionalDouble percentOfSite(double part) {
        double whole = (double) lan + group + cache + origin;
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(100, 100 * part / whole));
    }

    /**
     * Whole percentages for people, one for each kind of source. They add up to exactly 100 (largest remainder first),
     * or are all 0 when there are no bytes.
     */
    public Map<SourceKind, Integer> roundedPercentages() {
        Map<SourceKind, Integer> rounded = new EnumMap<>(SourceKind.class);
        Map<SourceKind, Double> remainders = new EnumMap<>(SourceKind.class);
        double total = total();
        int missing = total == 0 ? 0 : 100;
        for (SourceKind kind : SourceKind.values()) {
            double exact = total == 0 ? 0 : 100 * (from(kind) / total);
            rounded.put(kind, (int) exact);
            remainders.put(kind, exact - (int) exact);
            missing -= (int) exact;
        }
        for (; missing > 0; missing--) {
            SourceKind largest = largest(remainders);
            rounded.merge(largest, 1, Integer::sum);
            remainders.put(largest, -1.0);
        }
        return rounded;
    }

    private static SourceKind largest(Map<SourceKind, Double> remainders) {
        return remainders.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
