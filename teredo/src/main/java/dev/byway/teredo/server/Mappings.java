package dev.byway.teredo.server;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * The mappings that solicited lately: a table of fixed size, in which each mapping has eight places to be at, and takes that of the
 * one heard longest ago when all are taken. A flood of forged solicitations makes it forget, sooner or later, but never grow; since
 * no more than {@link ServerLimits#inAll} are taken in a second and a client comes again every 30 s, a table of a million keeps
 * nearly all that are alive.
 */
final class Mappings {
    static final int WAYS = 8;

    private static final long NONE = -1;

    private final Mix mix;
    private final Duration remembered;
    private final long[] keys;
    private final int[] heardAt;

    Mappings(int size, Duration remembered, Mix mix) {
        this.mix = mix;
        this.remembered = remembered;
        this.keys = new long[size];
        this.heardAt = new int[size];
        Arrays.fill(keys, NONE);
    }

    /** It solicited. */
    void heard(UdpAddress mapping, Moment now) {
        long key = key(mapping);
        int first = first(key);
        int place = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                place = i;
                break;
            }
            boolean older = keys[i] == NONE || heardAt[i] - heardAt[place] < 0;
            place = keys[place] != NONE && older ? i : place;
        }
        keys[place] = key;
        heardAt[place] = seconds(now);
    }

    /** Whether it solicited lately. */
    boolean isKnown(UdpAddress mapping, Moment now) {
        long key = key(mapping);
        int first = first(key);
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                return seconds(now) - heardAt[i] <= remembered.toSeconds();
            }
        }
        return false;
    }

    private int first(long key) {
        return mix.slot(key, keys.length / WAYS) * WAYS;
    }

    private static long key(UdpAddress mapping) {
        return (((long) mapping.address() << 16) & 0xffff_ffff_0000L) | mapping.port();
    }

    private static int seconds(Moment now) {
        return (int) (now.nanos() / 1_000_000_000L);
    }
}
