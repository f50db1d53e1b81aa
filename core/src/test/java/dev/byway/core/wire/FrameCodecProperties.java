package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FrameCodecProperties {
    @Property
    void whatWasEncodedIsDecodedAsItWas(@ForAll("frames") Frame frame) {
        ByteBuffer in = ByteBuffer.wrap(Encoded.of(frame));

        assertThat(FrameCodec.decode(in)).isEqualTo(frame);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Property
    void whatWasDecodedIsEncodedAsItWas(@ForAll("frames") Frame frame) {
        byte[] bytes = Encoded.of(frame);

        assertThat(Encoded.of((Frame) FrameCodec.decode(ByteBuffer.wrap(bytes))))
                .isEqualTo(bytes);
    }

    @Property
    void aFrameLeavesWhatFollowsItAlone(@ForAll("frames") Frame frame, @ForAll("frames") Frame next) {
        ByteBuffer in = ByteBuffer.wrap(Encoded.of(frame, next));

        assertThat(FrameCodec.decode(in)).isEqualTo(frame);
        assertThat(FrameCodec.decode(in)).isEqualTo(next);
    }

    @Property
    void everyPartOfAFrameAsksForWhatIsMissing(@ForAll("frames") Frame frame, @ForAll int at) {
        byte[] bytes = Encoded.of(frame);
        int part = Math.floorMod(at, bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, part);

        assertThat(FrameCodec.decode(in))
                .isEqualTo(new Decoded.NeedMore(
                        part < FrameCodec.HEADER ? FrameCodec.HEADER - part : bytes.length - part));
        assertThat(in.position()).isZero();
    }

    @Property
    void anyBytesAreFramesOrAWireException(@ForAll @Size(max = 400) byte[] bytes) {
        decodeAll(bytes);
    }

    @Property
    void anyPayloadIsAFrameOrAWireException(@ForAll("types") int type, @ForAll @Size(max = 120) byte[] payload) {
        decodeAll(Encoded.raw(type, payload).array());
    }

    @Property
    void aFrameWithWrongBytesIsAFrameOrAWireException(
            @ForAll("frames") Frame frame, @ForAll @Size(min = 1, max = 4) List<Integer> places, @ForAll byte value) {
        byte[] bytes = Encoded.of(frame);
        for (int place : places) {
            bytes[Math.floorMod(place, bytes.length)] = value;
        }
        decodeAll(bytes);
    }

    /** Decodes until the end or the first error, and checks that memory is taken for bytes that are there only. */
    private static void decodeAll(byte[] bytes) {
        Allocation.assertModest(bytes.length, () -> {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            try {
                while (!(FrameCodec.decode(in) instanceof Decoded.NeedMore)) {}
            } catch (WireException e) {
                assertThat(e).hasMessageMatching("(?s).{8,200}");
            }
        });
    }

    @Provide
    Arbitrary<Frame> frames() {
        return Frames.any();
    }

    @Provide
    Arbitrary<Integer> types() {
        return Arbitraries.of(FrameType.values()).map(FrameType::code);
    }
}
