package dev.byway.agent.job;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.unit.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a job stands. A new one for every change; {@link #version} only grows.
 *
 * @param version counts changes
 * @param generation counts how often the content started over: what was read under an earlier one is void, and what was
 *     read between two looks at the same one is not
 * @param state how far it is
 * @param url what was asked for, without query and userinfo
 * @param content its identity, once it is known and trusted
 * @param length bytes of the file, once known
 * @param ready ranges that may be read with {@link Job#read}, in order, not touching: verified where the content can be
 *     verified
 * @param accounts who gave which byte of it
 * @param held bytes that were here before the job began
 * @param bytesPerSecond at present
 * @param seconds since it began, until it ended
 * @param neighbours links that hold or want this content
 * @param reasons why sources gave nothing, or less
 * @param failure why it failed, one sentence for people: what, where, what to do
 */
public record JobStatus(
        long version,
        long generation,
        State state,
        String url,
        Optional<ContentId> content,
        OptionalLong length,
        List<ByteRange> ready,
        Accounts accounts,
        long held,
        long bytesPerSecond,
        double seconds,
        int neighbours,
        List<Reason> reasons,
        Optional<Failure> failure) {
    /** How far a job is. */
    public enum State {
        /** Finding out what is at the URL. */
        RESOLVING,
        DOWNLOADING,
        /** Everything is there and may be read. */
        DONE,
        FAILED,
        /** The content changed at the origin: a new {@link #generation} begins. */
        RESTARTED
    }

    /**
     * Why a job failed.
     *
     * @param kind for scripts: a word such as {@code DNS}, {@code REFUSED}, {@code DIGEST_MISMATCH}, {@code DISK_FULL}
     * @param message for people
     */
    public record Failure(String kind, String message) {}

    public JobStatus {
        ready = List.copyOf(ready);
        reasons = List.copyOf(reasons);
    }

    /** The first status of a job. */
    public static JobStatus resolving(String url) {
        return new JobStatus(
                0,
                0,
                State.RESOLVING,
                url,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Accounts.EMPTY,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.empty());
    }

    /** The status after this one of a job that failed now: what may be read still may. */
    public JobStatus failed(Failure why, List<Reason> because, double after) {
        return new JobStatus(
                version + 1,
                generation,
                State.FAILED,
                url,
                content,
                length,
                ready,
                accounts,
                held,
                0,
                after,
                neighbours,
                because,
                Optional.of(why));
    }

    /** The status after this one when another content takes the place of what came. */
    public JobStatus startedOver() {
        return new JobStatus(
                version + 1,
                generation + 1,
                State.RESTARTED,
                url,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Accounts.EMPTY,
                0,
                0,
                seconds,
                0,
                reasons,
                Optional.empty());
    }

    /** Whether nothing more will happen. */
    public boolean isOver() {
        return state == State.DONE || state == State.FAILED;
    }

    /** Bytes that may be read. */
    public long readyBytes() {
        return ready.stream().mapToLong(ByteRange::length).sum();
    }
}
