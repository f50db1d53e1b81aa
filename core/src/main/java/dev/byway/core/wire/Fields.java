package dev.byway.core.wire;

import dev.byway.core.content.ContentId;

/** The checks that the fields of {@link Frame} share. Each throws {@link IllegalArgumentException} that names the field. */
final class Fields {
    private Fields() {}

    /** A channel or request number: any int that is not negative. */
    static void number(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is a number from 0 to 2^31-1, not " + value);
        }
    }

    static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + least + " to " + most + ", not " + value);
        }
    }

    /** A run of 1 to {@code most} pieces, none at or after {@link WireLimits#PIECES}. */
    static void pieces(int first, int count, int most) {
        within("first piece", first, 0, WireLimits.PIECES - 1);
        within("count of pieces", count, 1, Math.min(most, WireLimits.PIECES - first));
    }

    /** A range of 1 to {@code most} bytes, none at or after {@link ContentId#MAX_LENGTH}. */
    static void range(long offset, int length, int most) {
        within("length", length, 1, most);
        if (offset < 0 || offset > ContentId.MAX_LENGTH - length) {
            throw new IllegalArgumentException("offset " + offset + " with length " + length + " is not within 2^50");
        }
    }

    /** A time to wait, cut to {@link WireLimits#WAIT_MILLIS}. */
    static int wait(String what, int millis) {
        if (millis < 0) {
            throw new IllegalArgumentException(what + " is not negative: " + millis);
        }
        return Math.min(millis, WireLimits.WAIT_MILLIS);
    }
}
