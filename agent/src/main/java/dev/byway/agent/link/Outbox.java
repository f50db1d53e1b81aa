package dev.byway.agent.link;

import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What waits to be written on one link, in two classes: control frames, encoded and in order, always first; and answers,
 * which are made just before they are written, one request after the other. So an urgent frame waits for one chunk at most,
 * and what is queued for a slow peer costs next to nothing. Answers need no limit of their own: the rules of the protocol
 * allow only so many requests in flight. Not thread-safe.
 */
final class Outbox {
    /** Encoded control frames that may wait, in bytes. */
    static final int CONTROL_BYTES = 512 * 1024;

    /** Control frames written together, in bytes: what fills one TLS record. */
    static final int BATCH = 16 * 1024;

    /** Content in one frame: whole blocks, so that they arrive as such, see {@link FullRecords}. */
    static final int CHUNK = WireLimits.DATA;

    private sealed interface Answer {
        record Whole(Frame.Hashes frame) implements Answer {}

        record Content(Upload upload) implements Answer {}
    }

    private final Deque<ByteBuffer> control = new ArrayDeque<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private int controlBytes;

    /** Queues a frame; false when there is no room, and then it is not queued. */
    boolean add(Frame frame) {
        if (frame instanceof Frame.Hashes hashes) {
            answers.add(new Answer.Whole(hashes));
            return true;
        }
        ByteBuffer bytes = encode(frame);
        if (controlBytes + bytes.remaining() > CONTROL_BYTES) {
            return false;
        }
        addControl(bytes);
        return true;
    }

    /** Queues the last frame, whether there is room or not. */
    void addLast(Frame.Bye bye) {
        addControl(encode(bye));
    }

    private void addControl(ByteBuffer bytes) {
        control.add(bytes);
        controlBytes += bytes.remaining();
    }

    void add(Upload upload) {
        answers.add(new Answer.Content(upload));
    }

    /** Takes the upload with this number out of the queue. */
    Optional<Upload> remove(int request) {
        for (Iterator<Answer> i = answers.iterator(); i.hasNext(); ) {
            if (i.next() instanceof Answer.Content(Upload upload) && upload.request() == request) {
                i.remove();
                return Optional.of(upload);
            }
        }
        return Optional.empty();
    }

    /** Whether this very upload is still to be served. */
    boolean holds(Upload upload) {
        return answers.peek() instanceof Answer.Content(Upload first) && first == upload;
    }

    void dropAnswers() {
        answers.clear();
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    int controlBytes() {
        return controlBytes;
    }

    /** The next control frames in one buffer. */
    Optional<Work> takeControl() {
        if (control.isEmpty()) {
            return Optional.empty();
        }
        int size = 0;
        int count = 0;
        for (ByteBuffer frame : control) {
            if (count > 0 && size + frame.remaining() > BATCH) {
                break;
            }
            size += frame.remaining();
            count++;
        }
        ByteBuffer batch = ByteBuffer.allocate(size);
        for (; count > 0; count--) {
            batch.put(control.remove());
        }
        controlBytes -= size;
        return Optional.of(new Work.Write(batch.flip()));
    }

    /** The next answer: a frame that is taken out, or a chunk of an upload that stays until it is done. */
    Optional<Work> nextAnswer() {
        return switch (answers.peek()) {
            case null -> Optional.empty();
            case Answer.Whole(Frame.Hashes frame) -> {
                answers.remove();
                yield Optional.of(new Work.Write(encode(frame)));
            }
            case Answer.Content(Upload upload) -> Optional.of(upload.next(CHUNK));
        };
    }

    private static ByteBuffer encode(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.encodedSize(frame));
        FrameCodec.encode(frame, bytes);
        return bytes.flip();
    }
}
