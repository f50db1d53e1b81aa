package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** What comes to an open port that is no peer. */
class StrangersTest {
    @Test
    void plainHttpGetsNothingAndHarmsNothing() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            InetSocketAddress address = node.listen().address();
            try (Socket browser = connect(address)) {
                browser.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(untilClosed(browser)).doesNotContain("HTTP".getBytes(StandardCharsets.US_ASCII));
            }
            stillServes(node, peer, address);
        }
    }

    @Test
    void aPortScanLeavesNothingBehind() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            LinkListener listener = node.listen();
            for (int i = 0; i < 50; i++) {
                connect(listener.address()).close();
            }
            await(() -> listener.halfWay() == 0);
            stillServes(node, peer, listener.address());
        }
    }

    @Test
    void anotherApplicationProtocolIsRefused() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            InetSocketAddress address = node.listen().address();
            SSLParameters h2 = peer.tls.parameters();
            h2.setApplicationProtocols(new String[] {"h2"});
            assertThatThrownBy(() -> RawPeer.dial(address, peer.tls.newContext(), h2))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");

            SSLParameters none = peer.tls.parameters();
            none.setApplicationProtocols(new String[0]);
            try (RawPeer raw = RawPeer.dial(address, peer.tls.newContext(), none)) {
                assertThat(raw.tls().getInputStream().read()).isNegative();
            }
            node.recorder.openedNothing();
        }
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            InetSocketAddress address = node.listen().address();
            SSLContext anonymous = SSLContext.getInstance("TLSv1.3");
            anonymous.init(null, new TrustManager[] {peer.tls.trust()}, null);
            assertThatThrownBy(() -> RawPeer.dial(address, anonymous, peer.tls.parameters())
                            .read())
                    .isInstanceOf(SSLException.class);
            node.recorder.openedNothing();
        }
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            InetSocketAddress address = node.listen().address();
            SSLParameters old = new SSLParameters(
                    new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"}, new String[] {"TLSv1.2"});
            old.setApplicationProtocols(new String[] {"byway/1"});
            assertThatThrownBy(() -> RawPeer.dial(address, contextOf(peer, new CountingTrust()), old))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("protocol_version");
        }
    }

    @Test
    void noSessionIsResumedSoEveryConnectionProvesItsKeys() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            InetSocketAddress address = node.listen().address();
            CountingTrust trust = new CountingTrust();
            SSLContext shared = contextOf(peer, trust);
            for (int i = 1; i <= 3; i++) {
                try (RawPeer raw = RawPeer.dial(address, shared, peer.tls.parameters())) {
                    // A ticket, if there were one, would come before the hello.
                    assertThat(raw.hello().read()).isPresent();
                    assertThat(trust.checks).hasValue(i);
                }
            }
        }
    }

    /** That the test above can fail: the same client does resume where a server keeps its context. */
    @Test
    void theSameClientResumesWhereItIsLetTo() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous();
                ServerSocket server =
                        node.tls.newContext().getServerSocketFactory().createServerSocket(0, 2, TestNode.loopback(1))) {
            ((SSLServerSocket) server).setSSLParameters(node.tls.parameters());
            Thread.ofVirtual().start(() -> answerTwice(server));
            CountingTrust trust = new CountingTrust();
            SSLContext shared = contextOf(peer, trust);
            for (int i = 0; i < 2; i++) {
                try (RawPeer raw = RawPeer.dial(
                        (InetSocketAddress) server.getLocalSocketAddress(), shared, peer.tls.parameters())) {
                    assertThat(raw.hello().read()).contains(RawPeer.HELLO);
                }
            }
            assertThat(trust.checks).hasValue(1);
        }
    }

    private static void answerTwice(ServerSocket server) {
        for (int i = 0; i < 2; i++) {
            try (Socket socket = server.accept()) {
                byte[] hello = new byte[64];
                int n = socket.getInputStream().read(hello);
                socket.getOutputStream().write(hello, 0, n);
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client hangs up.
            }
        }
    }

    @Test
    void aFloodOfHalfOpenConnectionsFromOneAddressShutsOutNoOther() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            LinkListener listener = node.listen();
            List<Socket> flood = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    flood.add(connect(listener.address()));
                }
                await(() -> listener.turnedAway() == 300 - HandshakeGate.PER_ADDRESS);
                assertThat(listener.halfWay()).isEqualTo(HandshakeGate.PER_ADDRESS);
                assertThat(peer.dialFrom(77, listener.address())).isInstanceOf(DialResult.Linked.class);
            } finally {
                closeAll(flood);
            }
        }
    }

    @Test
    void aFloodFromManyAddressesShutsOutNobodyEither() throws Exception {
        try (TestNode node = TestNode.anonymous();
                TestNode peer = TestNode.anonymous()) {
            LinkListener listener = node.listen();
            List<Socket> flood = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    flood.add(connectFrom(100 + i % 50, listener.address()));
                }
                await(() -> listener.halfWay() == HandshakeGate.IN_ALL);
                for (int i = 0; i < 5; i++) {
                    assertThat(peer.dialFrom(77, listener.address())).isInstanceOf(DialResult.Linked.class);
                    assertThat(listener.halfWay()).isLessThanOrEqualTo(HandshakeGate.IN_ALL);
                }
            } finally {
                closeAll(flood);
            }
        }
    }

    @Test
    void aHandshakeByDripsHasTheSameTimeAsAnyOther() throws Exception {
        try (TestNode node = TestNode.anonymous(TestTimes.handshake(Duration.ofMillis(500)))) {
            LinkListener listener = node.listen();
            byte[] start = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};
            long begin = System.nanoTime();
            try (Socket loris = connect(listener.address())) {
                loris.setSoTimeout(50);
                int sent = 0;
                boolean open = true;
                while (open && System.nanoTime() - begin < Recorder.PATIENCE.toNanos()) {
                    open = drip(loris, start[Math.min(sent++, start.length - 1)]);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                assertThat(sent).isGreaterThan(2);
            }
            await(() -> listener.halfWay() == 0);
        }
    }

    /** Sends a byte, listens for a while; whether the other end still holds the connection. */
    private static boolean drip(Socket socket, byte drop) {
        try {
            socket.getOutputStream().write(drop);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aPeerWithoutAHelloIsNotKept() throws Exception {
        try (TestNode node = TestNode.anonymous(TestTimes.hello(Duration.ofMillis(300)));
                TestNode peer = TestNode.anonymous();
                RawPeer raw = RawPeer.dial(node.listen().address(), peer.tls)) {
            assertThat(raw.read()).isPresent();
            assertThat(raw.read()).isEmpty();
            node.recorder.openedNothing();
        }
    }

    private static void stillServes(TestNode node, TestNode peer, InetSocketAddress address) {
        assertThat(peer.dial(address)).isInstanceOf(DialResult.Linked.class);
        assertThat(node.recorder.opened().peer().device()).isEqualTo(peer.id());
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) Recorder.PATIENCE.toMillis());
        return socket;
    }

    private static Socket connectFrom(int lastByte, InetSocketAddress address) throws IOException {
        return new Socket(address.getAddress(), address.getPort(), TestNode.loopback(lastByte), 0);
    }

    private static byte[] untilClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Recorder.PATIENCE.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() < end) {
            Thread.sleep(5);
            holds = condition.getAsBoolean();
        }
        assertThat(holds).isTrue();
    }

    private static SSLContext contextOf(TestNode node, X509TrustManager trust) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("k", node.key.privateKey(), new char[0], new X509Certificate[] {node.key.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
        return context;
    }

    /** Trusts everybody and counts: a resumed session is not checked. */
    private static final class CountingTrust implements X509TrustManager {
        private final AtomicInteger checks = new AtomicInteger();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            checks.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
