package dev.byway.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of packets where QUIC's native library cannot be loaded. */
class DemuxTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7680);

    @Test
    void withoutTheNativeLibraryPacketsAreDroppedAndGivenBackAndNothingIsThrown() {
        AtomicInteger tries = new AtomicInteger();
        EmbeddedChannel channel = new EmbeddedChannel(new Demux(() -> {
            tries.incrementAndGet();
            throw new UnsatisfiedLinkError("failed to map segment from shared object");
        }));
        for (int i = 0; i < 3; i++) {
            DatagramPacket packet = new DatagramPacket(Unpooled.buffer(8).writeLong(i), ANY, ANY);
            channel.writeInbound(packet);
            assertThat(packet.refCnt()).isZero();
        }
        channel.checkException();
        assertThat(tries).hasValue(1);
    }
}
