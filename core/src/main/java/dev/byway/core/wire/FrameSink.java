package dev.byway.core.wire;

/** Takes what a {@link FrameAssembler} finds, in the order of the wire. */
public interface FrameSink {
    /**
     * A frame arrived.
     *
     * @param frame a {@link Frame.Data} may be a part of the one that was sent; its bytes are valid only during the call
     */
    void frame(Frame frame);

    /** A frame of unknown type, 0 to 255, was left out. */
    void skipped(int type);
}
