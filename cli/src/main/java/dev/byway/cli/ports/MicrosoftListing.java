package dev.byway.cli.ports;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.ports.MicrosoftAdvice;
import dev.byway.core.ports.MicrosoftNeed;
import dev.byway.core.ports.Way;
import tools.jackson.databind.node.ObjectNode;

/** Prints the ports of Microsoft's Delivery Optimization, and what is commonly said wrong about them. */
final class MicrosoftListing {
    private static final String HERE = "this machine";

    private MicrosoftListing() {}

    static void print(Console console, DownloadMode mode) {
        console.out()
                .println("Ports of Microsoft's Delivery Optimization in mode " + mode.code() + " (" + mode.label()
                        + "):");
        for (MicrosoftNeed need : MicrosoftNeed.of(mode)) {
            console.out()
                    .printf(
                            "%n%-4s%s %-5s from %s to %s%n    %s%n    without: %s%n    source: %s%n",
                            need.way().label(),
                            need.transport(),
                            need.port().label(),
                            from(need),
                            to(need),
                            need.purpose(),
                            need.without(),
                            need.source());
        }
        console.out().printf("%nWhat is often advised, and wrong:%n");
        for (MicrosoftAdvice advice : MicrosoftAdvice.ALL) {
            console.out()
                    .printf("%n    \"%s\"%n    %s%n    source: %s%n", advice.wrong(), advice.right(), advice.source());
        }
        console.out().flush();
    }

    static ObjectNode json(DownloadMode mode) {
        ObjectNode all = Json.object();
        all.put("system", "microsoft").put("mode", mode.code());
        all.set("rules", Json.array(MicrosoftNeed.of(mode), MicrosoftListing::fill));
        all.set(
                "wrongAdvice",
                Json.array(
                        MicrosoftAdvice.ALL,
                        (node, advice) -> node.put("wrong", advice.wrong())
                                .put("right", advice.right())
                                .put("source", advice.source())));
        return all;
    }

    private static void fill(ObjectNode node, MicrosoftNeed need) {
        node.put("name", need.label()).put("protocol", need.transport().label());
        PortListing.port(node, need.port());
        node.put("direction", need.way().label())
                .put("from", from(need))
                .put("to", to(need))
                .put("purpose", need.purpose())
                .put("without", need.without())
                .put("source", need.source());
    }

    private static String from(MicrosoftNeed need) {
        return need.way() == Way.IN ? need.farEnd() : HERE;
    }

    private static String to(MicrosoftNeed need) {
        return need.way() == Way.IN ? HERE : need.farEnd();
    }
}
