package dev.byway.agent.discovery;

import java.util.List;

/** How discovery goes. */
public sealed interface DiscoveryState {
    /** For people: what it does, or why it cannot and what would help. */
    String text();

    /**
     * Neighbours are looked for.
     *
     * @param interfaces names of the network interfaces, never empty
     * @param troubles what does not work on some of them, for people
     */
    record Looking(List<String> interfaces, List<String> troubles) implements DiscoveryState {
        public Looking {
            interfaces = List.copyOf(interfaces);
            troubles = List.copyOf(troubles);
        }

        @Override
        public String text() {
            String looking = "looking for neighbours on " + String.join(", ", interfaces);
            return troubles.isEmpty() ? looking : looking + "; " + String.join("; ", troubles);
        }
    }

    /**
     * No interface can be used now; tried again every few seconds.
     *
     * @param text why, and what would help
     */
    record Waiting(String text) implements DiscoveryState {}

    /** Closed. */
    record Closed() implements DiscoveryState {
        @Override
        public String text() {
            return "closed";
        }
    }
}
