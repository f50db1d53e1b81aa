package dev.byway.e2e.nat;

import dev.byway.coordinator.teredo.TeredoAddresses;
import dev.byway.coordinator.teredo.TeredoService;
import dev.byway.teredo.packet.UdpAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * A program for the lab: the coordinator's Teredo server alone. Argument: its address. It says {@code ready}, and every second how
 * many datagrams came and went out in all, how many KiB of the heap are used after a collection, and how many microseconds a thread
 * that asked it about a mapping has waited at most: {@code came N out N heap N waited N}; {@code busy} when that got no answer.
 */
final class FloodedServer {
    private FloodedServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (TeredoService service =
                TeredoService.start(TeredoAddresses.of(List.of(InetAddress.ofLiteral(arguments[0]))))) {
            System.out.println("ready");
            UdpAddress nobody = new UdpAddress(1, 1);
            service.solicited(nobody);
            long longest = 0;
            while (true) {
                for (int i = 0; i < 20; i++) {
                    Thread.sleep(Duration.ofMillis(50));
                    long start = System.nanoTime();
                    if (service.solicited(nobody).isEmpty()) {
                        System.out.println("busy");
                    }
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.println("came " + service.received() + " out " + service.sent() + " heap "
                        + ((runtime.totalMemory() - runtime.freeMemory()) >> 10) + " waited " + longest / 1000);
                System.out.flush();
            }
        }
    }
}
