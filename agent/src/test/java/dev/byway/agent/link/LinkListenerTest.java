package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.core.wire.Frame;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkListenerTest {
    @Test
    void aTakenPortIsAResultThatNamesTheHolder() {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "names of holders come from Linux's /proc");
        try (TestNode first = TestNode.anonymous();
                TestNode second = TestNode.anonymous()) {
            int port = first.listen().address().getPort();
            assertThat(LinkListener.listen(TestNode.loopback(1), port, second.setup))
                    .isInstanceOfSatisfying(ListenResult.PortTaken.class, taken -> {
                        assertThat(taken.port()).isEqualTo(port);
                        assertThat(taken.holder())
                                .hasValueSatisfying(holder -> assertThat(holder)
                                        .contains("process "
                                                + ProcessHandle.current().pid()));
                    });
        }
    }

    @Test
    void anAddressOfAnotherMachineIsUnusable() throws Exception {
        try (TestNode node = TestNode.anonymous()) {
            assertThat(LinkListener.listen(InetAddress.getByName("192.0.2.1"), 0, node.setup))
                    .isInstanceOf(ListenResult.Unusable.class);
        }
    }

    @Test
    void afterClosingNobodyCanDialButLinksGoOn() {
        try (TestNode alice = TestNode.anonymous();
                TestNode bob = TestNode.anonymous()) {
            LinkListener listener = bob.listen();
            Link link = alice.link(listener.address());
            bob.recorder.opened();
            listener.close();
            assertThat(alice.dial(listener.address())).isInstanceOf(DialResult.Failed.class);
            link.send(new Frame.Probe(5));
            assertThat(bob.recorder.frame()).isEqualTo(new Frame.Probe(5));
        }
    }

    @Test
    void readsListeningSocketsFromTheKernelsTable() {
        List<String> table = List.of(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:1E00 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 4711 1 0 100",
                "   1: 0100007F:1E00 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000 0 4712 1 0 100",
                "   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0 0 4713 1 0 100",
                "broken");
        assertThat(PortHolder.listening(table, 7680)).containsExactly("socket:[4711]");
        assertThat(PortHolder.listening(table, 443)).isEmpty();
    }

    @Test
    void aSystemThatTellsNothingNamesNobody(@TempDir Path empty) {
        assertThat(PortHolder.find(7680, empty)).isEmpty();
    }
}
