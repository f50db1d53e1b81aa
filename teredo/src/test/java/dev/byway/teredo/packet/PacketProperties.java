package dev.byway.teredo.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come, they are a packet or break a rule; and packets read back as they were written. */
class PacketProperties {
    private static final List<byte[]> REAL = Stream.of("server.pcap", "initiator-restricted.pcap")
            .flatMap(file -> Captured.in(file).stream())
            .map(Captured::bytes)
            .toList();

    @Provide
    static Arbitrary<TeredoPacket> packets() {
        Arbitrary<UdpAddress> addresses = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 0xffff))
                .as(UdpAddress::new);
        Arbitrary<Ip6> ip6 =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Ip6::new);
        Arbitrary<Trailer> trailers = Arbitraries.oneOf(
                Arbitraries.integers().map(Trailer.Nonce::new),
                Arbitraries.of(true, false).map(Trailer.NeighbourDiscovery::new));
        Arbitrary<Authentication> authentication = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.integers().between(0, 255))
                .as(Authentication::new);
        return Combinators.combine(
                        authentication.optional(),
                        addresses.optional(),
                        ip6,
                        ip6,
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(TeredoPacket.MTU - TeredoPacket.HEADER),
                        trailers.list().ofMaxSize(Trailer.MOST))
                .as((a, origin, source, destination, next, payload, t) ->
                        new TeredoPacket(a, origin, source, destination, next, 255 - next, ByteString.of(payload), t));
    }

    @Property(tries = 500)
    void aPacketReadsBackAsItWasWritten(@ForAll("packets") TeredoPacket packet) {
        assertThat(TeredoPacket.decode(ByteBuffer.wrap(packet.encode().toArray())))
                .isEqualTo(new Decoded.Whole(packet));
    }

    @Property
    void anAddressReadsBackAsItWasWritten(
            @ForAll int server,
            @ForAll @IntRange(max = 0xffff) int flags,
            @ForAll int address,
            @ForAll @IntRange(max = 0xffff) int port) {
        TeredoAddress teredo = new TeredoAddress(server, flags, new UdpAddress(address, port));
        assertThat(TeredoAddress.of(teredo.ip6())).contains(teredo);
    }

    /** RFC 5991 section 3. */
    @Property
    void aFreshAddressHasNoConeBitAndNoOtherFixedFlag(@ForAll long seed) {
        TeredoAddress fresh = TeredoAddress.fresh(1, new UdpAddress(2, 3), new SplittableRandom(seed));
        assertThat(fresh.flags() & ~0x3cff).isZero();
    }

    @Property(tries = 2000)
    void anyBytesAreAPacketOrBreakARule(@ForAll @Size(max = 2000) byte[] bytes) {
        survives(bytes);
    }

    @Property(tries = 5000)
    void realPacketsWithAFewBytesChangedAreAPacketOrBreakARule(
            @ForAll @IntRange(max = 999) int which,
            @ForAll @Size(max = 4) List<Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(max = 200) int length) {
        byte[] bytes = REAL.get(which % REAL.size()).clone();
        places.forEach(place -> bytes[Math.floorMod(place, bytes.length)] = value);
        survives(bytes);
        survives(Arrays.copyOf(bytes, Math.min(length, bytes.length)));
    }

    private static void survives(byte[] bytes) {
        if (TeredoPacket.decode(ByteBuffer.wrap(bytes)) instanceof Decoded.Whole(TeredoPacket packet)) {
            RouterSolicitation.in(packet);
            RouterAdvertisement.in(packet);
            assertThat(TeredoPacket.decode(ByteBuffer.wrap(packet.encode().toArray())))
                    .isEqualTo(new Decoded.Whole(packet));
        }
    }

    @Property
    void aPacketThatIsCutBreaksARule(@ForAll @IntRange(max = 999) int which, @ForAll @IntRange(max = 47) int length) {
        byte[] real = REAL.get(which % REAL.size());
        int header = real[0] == 0 ? TeredoPacket.HEADER + 8 : TeredoPacket.HEADER;
        assertThat(TeredoPacket.decode(ByteBuffer.wrap(real, 0, Math.min(length, header - 1))))
                .isInstanceOf(Decoded.Broken.class);
    }
}
