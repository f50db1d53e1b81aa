package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.microsoft.MicrosoftHost;
import dev.byway.core.doctor.microsoft.TeredoRules;
import dev.byway.core.doctor.microsoft.TeredoSeen;
import dev.byway.origin.FirstSteps;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Microsoft's Teredo server. Sends a few packets, for one may get lost. */
record TeredoLook() implements Look {
    private static final int PACKETS = 3;
    private static final Duration WAIT = Duration.ofSeconds(2);

    @Override
    public Set<Check> checks() {
        return Set.of(Check.MICROSOFT_TEREDO);
    }

    @Override
    public List<Result> look() {
        return List.of(TeredoRules.judge(tried()));
    }

    private static TeredoSeen tried() {
        Optional<InetAddress> server;
        try {
            server = FirstSteps.addresses(MicrosoftHost.TEREDO.host()).stream()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst();
        } catch (UnknownHostException e) {
            return new TeredoSeen.Unresolved(String.valueOf(e.getMessage()));
        }
        return server.map(address -> asked(new InetSocketAddress(address, MicrosoftHost.TEREDO.port())))
                .orElseGet(() -> new TeredoSeen.Unresolved(MicrosoftHost.TEREDO.host() + " has no IPv4 address"));
    }

    private static TeredoSeen asked(InetSocketAddress server) {
        TeredoQuestion question = new TeredoQuestion(new SecureRandom().nextLong());
        byte[] packet = question.payload();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            for (int i = 0; i < PACKETS; i++) {
                socket.send(new DatagramPacket(packet, packet.length));
                Optional<UdpAddress> mapped = answer(socket, question);
                if (mapped.isPresent()) {
                    return new TeredoSeen.Answered(mapped.get().toString());
                }
            }
            return new TeredoSeen.Silent(PACKETS, WAIT.multipliedBy(PACKETS).toSeconds());
        } catch (IOException e) {
            return new TeredoSeen.Unsent(
                    server.getAddress().getHostAddress() + ", UDP " + server.getPort() + ": " + e.getMessage());
        }
    }

    private static Optional<UdpAddress> answer(DatagramSocket socket, TeredoQuestion question) throws IOException {
        byte[] room = new byte[TeredoPacket.LONGEST + 1];
        DatagramPacket heard = new DatagramPacket(room, room.length);
        long until = System.nanoTime() + WAIT.toNanos();
        while (true) {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) left);
            try {
                socket.receive(heard);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            Optional<UdpAddress> answer = question.answer(ByteBuffer.wrap(room, 0, heard.getLength()));
            if (answer.isPresent()) {
                return answer;
            }
        }
    }
}
