package dev.byway.core.wire;

/** What {@link FrameCodec#decode} makes of bytes: a {@link Frame}, a frame of unknown type, or the wish for more. */
public sealed interface Decoded permits Frame, Decoded.Skipped, Decoded.NeedMore {
    /**
     * A whole frame of a type that this version does not know. It means nothing, and it is not an error.
     *
     * @param type 0 to 255
     */
    record Skipped(int type) implements Decoded {}

    /**
     * The bytes are the start of a frame.
     *
     * @param bytes how many are surely missing, at least 1; once the frame's length is known, exactly as many
     */
    record NeedMore(int bytes) implements Decoded {}
}
