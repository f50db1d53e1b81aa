package dev.byway.agent.api;

import dev.byway.agent.job.JobStatus;
import dev.byway.core.unit.ByteRange;

/** What of a job's file may be read now. */
record ReadyRanges(JobStatus status) {
    /** How many bytes may be read from {@code offset} on without a gap. */
    long from(long offset) {
        for (ByteRange range : status.ready()) {
            if (range.offset() <= offset && offset < range.end()) {
                return range.end() - offset;
            }
        }
        return 0;
    }

    boolean covers(ByteRange range) {
        return range.isEmpty() || from(range.offset()) >= range.length();
    }
}
