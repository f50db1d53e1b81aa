package dev.byway.agent.link;

import dev.byway.core.wire.DataHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes what a conversation has to say, on a thread of its own. Holds one chunk of memory while there are answers to give,
 * none otherwise.
 */
final class LinkWriter {
    private static final byte[] NOTHING = new byte[0];

    /** Told what becomes of uploads. */
    interface Served {
        /** So many bytes of content are written next. */
        void sending(int bytes);

        /** An upload is over. */
        void over(int request, int bytes, ServeOutcome outcome);
    }

    private final Conversation conversation;
    private final LinkConnection connection;
    private final OutputStream out;
    private final Throttle throttle;
    private final Served served;
    private final Backlog backlog = new Backlog();
    private final AtomicLong written = new AtomicLong();
    private volatile long lastEnd = System.nanoTime();
    private volatile long begun;
    private volatile boolean writing;
    private byte[] buffer = NOTHING;
    private int granted;

    LinkWriter(Conversation conversation, LinkConnection connection, Throttle throttle, Served served)
            throws IOException {
        this.conversation = conversation;
        this.connection = connection;
        this.out = connection.output();
        this.throttle = throttle;
        this.served = served;
    }

    /** Writes until all is said. */
    void run() throws IOException, InterruptedException {
        while (true) {
            switch (conversation.next()) {
                case Work.Write(ByteBuffer bytes) -> write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
                case Work.Chunk chunk -> write(chunk.atMost(backlog.chunk()));
                case Work.Over() -> {
                    return;
                }
            }
            if (!conversation.hasAnswers()) {
                buffer = NOTHING;
            }
        }
    }

    private void write(Work.Chunk chunk) throws IOException {
        if (hasToWait(chunk.length())) {
            return;
        }
        int size = DataHeader.BYTES + chunk.length();
        if (buffer.length < size) {
            buffer = new byte[DataHeader.BYTES + Outbox.CHUNK];
        }
        Upload upload = chunk.upload();
        if (!read(chunk)) {
            if (conversation.fail(upload)) {
                served.over(upload.request(), upload.sent(), ServeOutcome.FAILED);
            }
            return;
        }
        new DataHeader(upload.request(), chunk.offset(), chunk.length()).write(ByteBuffer.wrap(buffer));
        ByteBuffer content = ByteBuffer.wrap(buffer, DataHeader.BYTES, chunk.length());
        Conversation.Claim claim = conversation.claim(chunk, content);
        if (claim == Conversation.Claim.WITHDRAWN) {
            return;
        }
        served.sending(chunk.length());
        write(buffer, 0, size);
        granted -= chunk.length();
        if (claim == Conversation.Claim.LAST) {
            served.over(upload.request(), upload.sent(), ServeOutcome.DONE);
        }
    }

    /** Whether the throttle holds the chunk back; it comes again when its bytes, which are reserved now, may go. */
    private boolean hasToWait(int bytes) {
        if (granted >= bytes) {
            return false;
        }
        long nanos = throttle.acquire(bytes - granted);
        granted = bytes;
        if (nanos > 0) {
            conversation.pauseAnswers(nanos);
        }
        return nanos > 0;
    }

    /** Whether the store gave all of the chunk. */
    private boolean read(Work.Chunk chunk) {
        try {
            return chunk.upload().source().read(chunk.offset(), buffer, DataHeader.BYTES, chunk.length())
                    == chunk.length();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private void write(byte[] bytes, int at, int length) throws IOException {
        begun = System.nanoTime();
        writing = true;
        try {
            out.write(bytes, at, length);
            out.flush();
        } finally {
            writing = false;
            lastEnd = System.nanoTime();
        }
        written.addAndGet(length);
        if (connection.hasSystemBuffer()) {
            OptionalInt room = backlog.wrote(length, begun, lastEnd);
            if (room.isPresent()) {
                connection.holdAtMost(room.getAsInt());
            }
        }
    }

    /** Bytes written so far. */
    long written() {
        return written.get();
    }

    /** How long the write in progress has taken, in nanoseconds; empty when there is none. */
    Optional<Long> stalledNanos() {
        return writing ? Optional.of(System.nanoTime() - begun) : Optional.empty();
    }

    /** How long ago anything was written, in nanoseconds. */
    long idleNanos() {
        return writing ? 0 : System.nanoTime() - lastEnd;
    }
}
