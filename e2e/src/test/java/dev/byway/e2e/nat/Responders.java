package dev.byway.e2e.nat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers with the address that it sees, on two addresses with two ports each, as a server for RFC 5780 does; to be run on the
 * lab's coordinator. The request is two bytes, its number and from where to answer as well: bit 0 the other port, bit 1 the other
 * address. The answer from where was asked always comes, and last: who has it and no other will not get the other. An end as
 * text behind the two bytes has the answer instead of the asker.
 *
 * <p>Also over TCP, on the first of the four. Prints every address it saw.
 */
final class Responders {
    static final int OTHER_PORT = 1;
    static final int OTHER_ADDRESS = 2;

    /** Numbered so that their bits say what they differ in. */
    static final List<InetSocketAddress> ENDS = List.of(
            new InetSocketAddress("11.200.2.2", 3478),
            new InetSocketAddress("11.200.2.2", 3479),
            new InetSocketAddress("11.200.2.3", 3478),
            new InetSocketAddress("11.200.2.3", 3479));

    private final List<DatagramSocket> sockets = new ArrayList<>();

    private Responders() {}

    /** Runs until it is killed. */
    public static void main() throws IOException {
        Responders responders = new Responders();
        for (InetSocketAddress end : ENDS) {
            responders.sockets.add(new DatagramSocket(end));
        }
        try (ServerSocket tcp = new ServerSocket()) {
            tcp.bind(ENDS.getFirst());
            for (int i = 0; i < ENDS.size(); i++) {
                int index = i;
                Thread.ofPlatform().start(() -> responders.serve(index));
            }
            System.out.println("ready");
            while (true) {
                try (Socket accepted = tcp.accept()) {
                    accepted.getOutputStream().write(bytes(seen(accepted.getRemoteSocketAddress())));
                }
            }
        }
    }

    private void serve(int index) {
        while (true) {
            try {
                DatagramPacket request = new DatagramPacket(new byte[64], 64);
                sockets.get(index).receive(request);
                int number = request.getData()[0];
                int other = request.getData()[1] & (OTHER_PORT | OTHER_ADDRESS);
                String seen = seen(request.getSocketAddress());
                String told = new String(request.getData(), 2, request.getLength() - 2, StandardCharsets.US_ASCII);
                SocketAddress to = told.isEmpty() ? request.getSocketAddress() : end(told);
                byte[] answer = bytes(number + " " + seen);
                if (other != 0) {
                    answerFrom(index ^ other, answer, to);
                }
                answerFrom(index, answer, to);
                System.out.println("udp " + seen + " " + told);
            } catch (IOException e) {
                System.out.println("lost: " + e);
            }
        }
    }

    private void answerFrom(int index, byte[] answer, SocketAddress asker) throws IOException {
        sockets.get(index).send(new DatagramPacket(answer, answer.length, asker));
    }

    /** Of an address and a port with a colon between them. */
    static InetSocketAddress end(String text) {
        int colon = text.indexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static String seen(SocketAddress address) {
        InetSocketAddress end = (InetSocketAddress) address;
        return end.getAddress().getHostAddress() + ":" + end.getPort();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
