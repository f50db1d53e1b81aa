package dev.byway.cli.ports;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.ports.MicrosoftAdvice;
import dev.byway.core.ports.MicrosoftNeed;
import dev.byway.core.ports.Way;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Prints the ports of Microsoft's Delivery Optimization, and what is commonly said wrong about them. */
final class MicrosoftListing {
    private static final String HERE = "this machine";

    private MicrosoftListing() {}

    private static List<MicrosoftNeed> needs(DownloadMode mode) {
        return Stream.of(MicrosoftNeed.values())
                .filter(need -> need.modes().include(mode))
                .toList();
    }

    static void print(Console console, DownloadMode mode) {
        console.out()
                .println("Ports of Microsoft's Delivery Optimization in mode " + mode.code() + " (" + mode.label()
                        + "):");
        for (MicrosoftNeed need : needs(mode)) {
            console.out()
                    .printf(
                            "%n%-4s%s %-5s from %s to %s%n    %s%n    without: %s%n    source: %s%n",
                            need.way().label(),
                            need.transport(),
                            need.port(),
                            from(need),
                            to(need),
                            need.purpose(),
                            need.without(),
                            need.source());
        }
        console.out().printf("%nWhat is often advised, and wrong:%n");
        for (MicrosoftAdvice advice : MicrosoftAdvice.values()) {
            console.out()
                    .printf("%n    \"%s\"%n    %s%n    source: %s%n", advice.wrong(), advice.right(), advice.source());
        }
        console.out().flush();
    }

    static ObjectNode json(DownloadMode mode) {
        ObjectNode all = Json.object();
        all.put("system", "microsoft").put("mode", mode.code());
        all.set("rules", Json.array(needs(mode), MicrosoftListing::fill));
        all.set(
                "wrongAdvice",
                Json.array(
                        List.of(MicrosoftAdvice.values()),
                        (node, advice) -> node.put("wrong", advice.wrong())
                                .put("right", advice.right())
                                .put("source", advice.source())));
        return all;
    }

    private static void fill(ObjectNode node, MicrosoftNeed need) {
        node.put("name", need.label()).put("protocol", need.transport().label());
        if (need.port().equals("any")) {
            node.put("port", need.port());
        } else {
            node.put("port", Integer.parseInt(need.port()));
        }
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
