package dev.byway.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the programs of the demo listen: each on a loopback address of its own, as devices have; on systems with a single
 * loopback address (macOS), all on that one with ports of their own.
 */
record DemoAddresses(boolean separate) {
    private static final String NETWORK = "127.0.77.";
    private static final int FIRST_DEVICE = 10;

    /** What this machine allows. */
    static DemoAddresses find() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(NETWORK + "1"), 0));
            return new DemoAddresses(true);
        } catch (IOException e) {
            return new DemoAddresses(false);
        }
    }

    /** Of the origin. */
    String origin() {
        return separate ? NETWORK + "2" : "127.0.0.1";
    }

    /** Of the coordinator. */
    String coordinator() {
        return separate ? NETWORK + "1" : "127.0.0.1";
    }

    /** The settings that place a device, counted from 0. */
    List<String> device(int index) {
        List<String> settings = new ArrayList<>();
        settings.add("--set");
        settings.add("peer.address=" + (separate ? NETWORK + (FIRST_DEVICE + index) : "127.0.0.1"));
        if (!separate) {
            settings.add("--set");
            settings.add("peer.port=0");
        }
        return settings;
    }
}
