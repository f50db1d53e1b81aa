package dev.byway.core.swarm;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;

/** What a download wants done, in this order. */
public sealed interface DownloadEffect {
    /** Ask a source for a range; it alone may write that range until its transfer ends or is trimmed. */
    record Fetch(TransferId transfer, SourceId source, ByteRange range) implements DownloadEffect {}

    /**
     * Take the rest of a transfer back: nothing at or beyond {@code end} may be written for it after this.
     *
     * @param over nothing is left to come: the transfer is forgotten, and no {@link DownloadEvent.Ended} is expected
     */
    record Trim(TransferId transfer, long end, boolean over) implements DownloadEffect {}

    /** This piece is proved: make it durable, serve it, tell the neighbours that do not hold it, see {@link Download#isHeldBy}. */
    record Commit(int piece) implements DownloadEffect {}

    /** Tell a peer that holds less than it did that we hold these pieces: it may not have been told when it had them itself. */
    record TellHave(SourceId peer, int firstPiece, int count) implements DownloadEffect {}

    /**
     * Tell a peer that this piece is being fetched from outside; a lease of zero gives it up.
     *
     * @param relayed not by us, but by a neighbour of ours
     */
    record TellIntent(SourceId peer, int piece, Duration lease, boolean relayed) implements DownloadEffect {}

    /** Tell a peer that a piece it sent failed its proof. */
    record Complain(SourceId peer, int piece) implements DownloadEffect {}

    /** Never use this source again for this content; it has been dropped already. */
    record Ban(SourceId source) implements DownloadEffect {}

    /**
     * Something that {@code why} should tell.
     *
     * @param name of the source, which may be gone
     */
    record Explain(SourceId source, String name, ReasonCode code, String detail) implements DownloadEffect {}

    /** Nothing has to happen before this moment unless an event comes; replaces the one before. */
    record WakeAt(Moment moment) implements DownloadEffect {}

    /** All pieces are there. Said once, last. */
    record Done() implements DownloadEffect {}

    /** No source is left that could bring the missing pieces, and none came in time. Said once, last. */
    record Failed(ReasonCode code, String why) implements DownloadEffect {}
}
