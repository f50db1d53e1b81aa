package dev.byway.quic;

import dev.byway.quic.teredo.TeredoServers;
import dev.byway.quic.teredo.TeredoTransport;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract through Teredo. */
class TeredoTransportTest extends TransportContract {
    private final Map<QuicSocket, TeredoAddress> addresses = new ConcurrentHashMap<>();
    private LoopbackInternet internet;

    @BeforeEach
    @Override
    void open() throws Exception {
        internet = new LoopbackInternet();
        super.open();
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        try {
            internet.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    QuicSocket open(QuicSetup setup) throws Exception {
        CompletableFuture<TeredoAddress> qualified = new CompletableFuture<>();
        TeredoTransport transport = new TeredoTransport(
                ClientLimits.STANDARD, new Random(), state -> state.address().ifPresent(qualified::complete));
        transport.ask(new TeredoServers(LoopbackInternet.SERVER, Optional.empty()));
        QuicSocket socket = QuicSocket.open(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                transport,
                setup,
                UdpDriver.best(),
                List.of(internet.router()));
        addresses.put(socket, qualified.get(10, TimeUnit.SECONDS));
        return socket;
    }

    private static InetSocketAddress at(TeredoAddress address) {
        return new InetSocketAddress(address.ip6().inetAddress(), TeredoTransport.PORT);
    }

    @Override
    InetSocketAddress addressOf(QuicSocket socket) {
        return at(Objects.requireNonNull(addresses.get(socket)));
    }

    @Override
    InetSocketAddress nowhere() {
        return at(new TeredoAddress(LoopbackInternet.SERVER.address(), 0, new UdpAddress(0x0b00_0063, 4000)));
    }
}
