package dev.byway.sim.command;

import dev.byway.sim.fleet.Result;
import dev.byway.sim.fleet.Trace;
import java.util.List;
import java.util.Locale;

/**
 * Who got which bytes from whom over time, as SVG: a row for each device, in it the bytes of each moment in the colour of where
 * they came from; above it the same of all devices together, and beside it who gave to whom.
 */
final class Picture {
    private static final int BINS = 400;
    private static final int LEFT = 100;
    private static final int TOP = 150;
    private static final int ABOVE = 90;
    private static final int WIDTH = 800;
    private static final int MOST_ROWS = 400;
    private static final int MOST_GIVERS = 64;

    /** Where bytes come from, as far as colours go. */
    private enum From {
        ORIGIN("#d95f02", "origin"),
        CACHE("#e6ab02", "cache host"),
        FAR("#7570b3", "other sites"),
        NEAR("#1b9e77", "same site");

        final String colour;
        final String words;

        From(String colour, String words) {
            this.colour = colour;
            this.words = words;
        }

        static From of(Trace.Delivery delivery) {
            return switch (delivery.from()) {
                case Trace.ORIGIN -> ORIGIN;
                case Trace.CACHE -> CACHE;
                default -> delivery.near() ? NEAR : FAR;
            };
        }
    }

    private final Result result;
    private final int rows;
    private final int rowHeight;
    private final double end;
    private final long[][][] bytes;
    private final long[][] given;
    private final StringBuilder svg = new StringBuilder();

    private Picture(Result result) {
        this.result = result;
        int devices = result.scenario().devices();
        this.rows = Math.min(devices, MOST_ROWS);
        this.rowHeight = Math.clamp(400 / rows, 2, 16);
        List<Trace.Delivery> all = result.traces().stream()
                .flatMap(trace -> trace.deliveries().stream())
                .toList();
        this.end =
                Math.max(1, all.stream().mapToLong(Trace.Delivery::nanos).max().orElse(1));
        this.bytes = new long[rows][BINS][From.values().length];
        int givers = Math.min(devices, MOST_GIVERS);
        this.given = new long[givers][givers + 2];
        for (Trace.Delivery one : all) {
            int device = one.device();
            if (device < rows) {
                bytes[device][bin(one)][position(From.of(one))] += one.bytes();
            }
            if (device < givers && one.from() < givers) {
                given[device][one.from() + 2] += one.bytes();
            }
        }
    }

    private int bin(Trace.Delivery delivery) {
        return (int) Math.min(BINS - 1, delivery.nanos() / end * BINS);
    }

    private static int position(From from) {
        return List.of(From.values()).indexOf(from);
    }

    static String of(Replay replay, Result result) {
        return new Picture(result).draw(replay);
    }

    private String draw(Replay replay) {
        int height = TOP + Math.max(rows * rowHeight, 420) + 50;
        int width = LEFT + WIDTH + 60 + 420;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n");
        rectangle(0, 0, width, height, "white", 1);
        text(
                LEFT,
                20,
                "start",
                replay.ready().word() + ", seed " + replay.seed() + ": "
                        + replay.ready().says());
        text(LEFT, 38, "start", summary());
        legend();
        together();
        rows();
        axis(TOP + rows * rowHeight);
        givers();
        return svg.append("</svg>\n").toString();
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%d of %d devices have it, %.2f copies from the origin, the last after %.1f s (the line alone needs %.1f s)",
                result.done(),
                result.devices().size(),
                result.copies(),
                result.last(),
                result.scenario().idealSeconds());
    }

    private void legend() {
        int x = LEFT + WIDTH + 60;
        for (From from : From.values()) {
            rectangle(x, 10, 12, 12, from.colour, 1);
            text(x + 16, 20, "start", from.words);
            x += 100;
        }
    }

    private void together() {
        long[][] sums = new long[BINS][From.values().length];
        long most = 1;
        for (int bin = 0; bin < BINS; bin++) {
            long sum = 0;
            for (long[][] row : bytes) {
                for (int kind = 0; kind < sums[bin].length; kind++) {
                    sums[bin][kind] += row[bin][kind];
                    sum += row[bin][kind];
                }
            }
            most = Math.max(most, sum);
        }
        for (int bin = 0; bin < BINS; bin++) {
            double y = TOP - 10;
            for (From from : From.values()) {
                double height = sums[bin][position(from)] * (double) ABOVE / most;
                y -= height;
                bar(bin, y, height, from);
            }
        }
        double rate = most * 8.0 / 1e6 / (end / 1e9 / BINS);
        text(LEFT - 6, TOP - ABOVE, "end", String.format(Locale.ROOT, "%.0f Mbit/s", rate));
        text(LEFT - 6, TOP - 10, "end", "all");
    }

    private void rows() {
        for (int device = 0; device < rows; device++) {
            int y = TOP + device * rowHeight;
            if (rowHeight >= 10 || device % 10 == 0) {
                text(LEFT - 6, y + 10, "end", "device " + device);
            }
            for (int bin = 0; bin < BINS; bin++) {
                long sum = 0;
                for (long some : bytes[device][bin]) {
                    sum += some;
                }
                double at = y;
                for (From from : From.values()) {
                    long some = bytes[device][bin][position(from)];
                    double height = some == 0 ? 0 : (rowHeight - 0.5) * some / sum;
                    bar(bin, at, height, from);
                    at += height;
                }
            }
        }
    }

    private void bar(int bin, double y, double height, From from) {
        if (height > 0) {
            rectangle(LEFT + bin * (double) WIDTH / BINS, y, WIDTH / (double) BINS + 0.1, height, from.colour, 1);
        }
    }

    private void axis(int y) {
        for (int tick = 0; tick <= 8; tick++) {
            int x = LEFT + tick * WIDTH / 8;
            rectangle(x, y, 1, 5, "#999", 1);
            text(x, y + 18, "middle", String.format(Locale.ROOT, "%.1f s", end / 1e9 * tick / 8));
        }
    }

    private void givers() {
        int left = LEFT + WIDTH + 100;
        double cell = Math.min(20, 340.0 / given[0].length);
        double most = 1;
        for (long[] row : given) {
            for (long some : row) {
                most = Math.max(most, (double) some);
            }
        }
        text(left, TOP - 60, "start", "rows got from columns: cache, origin, devices from 0");
        for (int to = 0; to < given.length; to++) {
            for (int from = 0; from < given[to].length; from++) {
                double part = given[to][from] / most;
                if (part > 0) {
                    rectangle(
                            left + from * cell,
                            TOP - 40 + to * cell,
                            cell,
                            cell,
                            from < 2 ? From.ORIGIN.colour : From.NEAR.colour,
                            0.1 + 0.9 * part);
                }
            }
        }
        rectangle(left, TOP - 40, given[0].length * cell, given.length * cell, "#999", 0.1);
    }

    private void text(int x, int y, String anchor, String words) {
        svg.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + words + "</text>\n");
    }

    private void rectangle(double x, double y, double width, double height, String colour, double opacity) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.2f\" width=\"%.1f\" height=\"%.2f\" fill=\"%s\" fill-opacity=\"%.2f\"/>\n",
                x,
                y,
                width,
                height,
                colour,
                opacity));
    }
}
