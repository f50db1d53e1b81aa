package dev.byway.core.swarm;

import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;

/** One request under way: which bytes, from whom, how far. Its bytes come in order, without gaps. */
final class Transfer {
    final TransferId id;
    final SourceState source;
    final Moment started;
    private long position;
    private long end;
    private Moment lastByte;
    private boolean begun;

    Transfer(TransferId id, SourceState source, ByteRange range, Moment now) {
        this.id = id;
        this.source = source;
        this.started = now;
        this.position = range.offset();
        this.end = range.end();
        this.lastByte = now;
    }

    /** The bytes still to come. */
    ByteRange rest() {
        return ByteRange.between(position, end);
    }

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    boolean covers(long offset) {
        return offset >= position && offset < end;
    }

    boolean isOver() {
        return position >= end;
    }

    /** Whether a byte has come yet. */
    boolean begun() {
        return begun;
    }

    void advance(long bytes, Moment now) {
        position = Math.min(end, position + bytes);
        lastByte = now;
        begun = true;
    }

    void trim(long newEnd) {
        end = Math.max(position, Math.min(end, newEnd));
    }

    /** When the last byte came, or the request was made. */
    Moment lastByte() {
        return lastByte;
    }
}
