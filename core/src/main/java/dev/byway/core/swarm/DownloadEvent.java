package dev.byway.core.swarm;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import java.time.Duration;
import java.util.List;

/** What can happen to a download. Every outcome of I/O reaches the rules as one of these. */
public sealed interface DownloadEvent {
    /** A source may be used from now on. A peer holds nothing until it says so. */
    record Joined(SourceId source, SourceInfo info) implements DownloadEvent {}

    /** A source is gone; its transfers are over. */
    record Left(SourceId source, String why) implements DownloadEvent {}

    /** A peer holds exactly these pieces. */
    record Holds(SourceId source, PieceSet pieces) implements DownloadEvent {}

    /** A peer now holds these pieces too. */
    record Has(SourceId source, int firstPiece, int count) implements DownloadEvent {}

    /** Whether a peer itself lacks pieces; only those that do take turns at the origin. */
    record Wants(SourceId source, boolean wants) implements DownloadEvent {}

    /** Whether a peer says that it gives us nothing: what it fetches is not waited for, and it takes no turns with us. */
    record Refuses(SourceId source, boolean refuses) implements DownloadEvent {}

    /** Whether this device gives a peer nothing. Who gives nobody anything lets all others fetch first. */
    record Withheld(SourceId source, boolean withheld) implements DownloadEvent {}

    /**
     * A peer says that a piece is being fetched from outside; a lease of zero gives it up.
     *
     * @param relayed not by the peer itself, but by a neighbour of it
     */
    record IntentHeard(SourceId source, int piece, Duration lease, boolean relayed) implements DownloadEvent {}

    /**
     * The next bytes of a transfer have been written to the store.
     *
     * @param leaves digests of the next blocks, in order and without gaps; only the last block of the content is short
     */
    record Arrived(TransferId transfer, List<Digest> leaves) implements DownloadEvent {}

    /** A transfer brings nothing more; what had arrived stays. */
    record Ended(TransferId transfer, Ending ending) implements DownloadEvent {}

    /**
     * Who may join soon. When it is nobody, nothing is waited for; before the first such word, it may be anybody.
     *
     * @param neighbours so many are being dialled, or were linked a moment ago
     * @param silent so many have a link and have not said yet whether they hold something
     * @param asking whether the coordinator is being asked for more
     */
    record Expecting(int neighbours, int silent, boolean asking) implements DownloadEvent {}

    /** Verified bytes of a piece turned out to be lost or damaged on our disk. */
    record Lost(int piece) implements DownloadEvent {}

    /** Time has passed: a {@link DownloadEffect.WakeAt} is due. */
    record Tick() implements DownloadEvent {}

    /** How a transfer ended. */
    sealed interface Ending {
        /** All bytes asked for arrived. */
        record Complete() implements Ending {}

        /** The source is there, but not now. */
        record Busy(Duration retryAfter) implements Ending {}

        /** A policy of the source forbids it now. It holds nothing for us before it says anew what it does. */
        record Declined() implements Ending {}

        /** The source could not: connection lost, time-out, server error. Worth another try later. */
        record Broken(String why) implements Ending {}

        /** The source will not, ever: not found, forbidden, changed. It is not asked again. */
        record Refused(String why) implements Ending {}
    }
}
