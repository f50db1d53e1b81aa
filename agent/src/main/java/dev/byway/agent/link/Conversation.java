package dev.byway.agent.link;

import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.LinkRules;
import dev.byway.core.wire.RejectReason;
import dev.byway.core.wire.Violation;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one state that a link's threads share: what is still to be said, and the rules of what may be said. One lock, held for
 * no I/O, so that the order in which the rules see the frames is the order in which they go out.
 */
final class Conversation {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final LinkRules rules = new LinkRules();
    private final Outbox outbox = new Outbox();
    private long answersFrom = System.nanoTime();
    private boolean finished;

    /** Queues a frame; the end of the link when that cannot be. */
    Optional<LinkEnd> say(Frame frame) {
        lock.lock();
        try {
            if (finished) {
                return Optional.empty();
            }
            Optional<Violation> fault = rules.sent(frame, now());
            if (fault.isPresent()) {
                return fault.map(violation -> new LinkEnd.OwnFault(violation.detail()));
            }
            if (!outbox.add(frame)) {
                return Optional.of(new LinkEnd.Overflow(outbox.controlBytes()));
            }
            work.signal();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void serve(Upload upload) {
        lock.lock();
        try {
            if (!finished) {
                outbox.add(upload);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes an upload out of the queue and tells the peer; empty when it is not there. */
    Optional<Upload> cancel(int request, RejectReason reason) {
        lock.lock();
        try {
            Optional<Upload> upload = outbox.remove(request);
            if (upload.isPresent() && !finished) {
                say(new Frame.RejectRequest(request, reason, 0));
            }
            return upload;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up an upload whose bytes are not to be had, and tells the peer; false when it was cancelled meanwhile. */
    boolean fail(Upload upload) {
        lock.lock();
        try {
            return outbox.holds(upload)
                    && cancel(upload.request(), RejectReason.NOT_HELD).isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** The peer said {@code frame}; the rule that it broke. */
    Optional<Violation> heard(Frame frame) {
        lock.lock();
        try {
            return rules.received(frame, now());
        } finally {
            lock.unlock();
        }
    }

    /** The peer sent a frame of unknown type; the rule that it broke. */
    Optional<Violation> heardUnknown() {
        lock.lock();
        try {
            return rules.receivedUnknown(now());
        } finally {
            lock.unlock();
        }
    }

    boolean maySend(Allowance allowance) {
        lock.lock();
        try {
            return !finished && rules.maySend(allowance, now());
        } finally {
            lock.unlock();
        }
    }

    boolean hasAnswers() {
        lock.lock();
        try {
            return outbox.hasAnswers();
        } finally {
            lock.unlock();
        }
    }

    /** What to write next; waits until there is something. */
    Work next() throws InterruptedException {
        lock.lock();
        try {
            Optional<Work> next = poll();
            while (next.isEmpty()) {
                if (outbox.hasAnswers()) {
                    work.awaitNanos(answersFrom - System.nanoTime());
                } else {
                    work.await();
                }
                next = poll();
            }
            return next.get();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Work> poll() {
        Optional<Work> control = outbox.takeControl();
        if (control.isPresent()) {
            return control;
        }
        if (finished) {
            return Optional.of(new Work.Over());
        }
        return answersFrom - System.nanoTime() <= 0 ? outbox.nextAnswer() : Optional.empty();
    }

    /**
     * Whether the chunk, now read into {@code bytes}, is still to be written; if so it counts as said. It is not when the
     * upload was cancelled meanwhile.
     */
    Claim claim(Work.Chunk chunk, ByteBuffer bytes) {
        lock.lock();
        try {
            Upload upload = chunk.upload();
            if (finished || !outbox.holds(upload)) {
                return Claim.WITHDRAWN;
            }
            Optional<Violation> fault = rules.sent(new Frame.Data(upload.request(), chunk.offset(), bytes), now());
            if (fault.isPresent()) {
                throw new IllegalStateException("not asked for: " + fault.get().detail());
            }
            upload.advance(chunk.length());
            if (upload.isDone()) {
                outbox.remove(upload.request());
                return Claim.LAST;
            }
            return Claim.MORE;
        } finally {
            lock.unlock();
        }
    }

    /** What became of a chunk between reading and writing it. */
    enum Claim {
        WITHDRAWN,
        MORE,
        LAST
    }

    /** Sends no answers for so long. */
    void pauseAnswers(long nanos) {
        lock.lock();
        try {
            answersFrom = System.nanoTime() + nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is said but what is queued as control, and the good-bye. */
    void finish(Optional<RejectReason> farewell) {
        lock.lock();
        try {
            if (finished) {
                return;
            }
            farewell.ifPresent(reason -> outbox.addLast(new Frame.Bye(reason)));
            outbox.dropAnswers();
            finished = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }
}
