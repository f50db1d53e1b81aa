package dev.byway.e2e.nat;

import dev.byway.coordinator.teredo.TeredoAddresses;
import dev.byway.coordinator.teredo.TeredoService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * A program for the lab: the coordinator's Teredo server alone. Argument: its address. It says {@code ready}, and every second how
 * many datagrams came and went out in all, and how many KiB of the heap are used after a collection: {@code came N out N heap N}.
 */
final class FloodedServer {
    private FloodedServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (TeredoService service =
                TeredoService.start(TeredoAddresses.of(List.of(InetAddress.ofLiteral(arguments[0]))))) {
            System.out.println("ready");
            while (true) {
                Thread.sleep(Duration.ofSeconds(1));
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.println("came " + service.received() + " out " + service.sent() + " heap "
                        + ((runtime.totalMemory() - runtime.freeMemory()) >> 10));
                System.out.flush();
            }
        }
    }
}
