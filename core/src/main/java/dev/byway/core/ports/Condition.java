package dev.byway.core.ports;

import dev.byway.core.policy.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a rule of a firewall asks of a packet. */
sealed interface Condition {
    /** A number of the packet. */
    enum Field {
        SOURCE,
        DESTINATION,
        SOURCE_PORT,
        DESTINATION_PORT
    }

    /** A word about the packet. */
    enum Trait {
        FAMILY,
        TRANSPORT,
        STATE,
        INTERFACE,
        DESTINATION_TYPE
    }

    /** The number lies within one of these. */
    record Within(Field field, List<Span> spans) implements Condition {}

    /** The word is one of these, in lower case. */
    record Is(Trait trait, Set<String> words) implements Condition {}

    /** The contrary. */
    record Not(Condition condition) implements Condition {}

    /** Something that is not understood here. */
    record Unclear() implements Condition {}

    /** Whether it holds. */
    default Answer holds(Probe probe) {
        return switch (this) {
            case Within(Field field, List<Span> spans) -> within(field, spans, probe);
            case Is(Trait trait, Set<String> words) -> is(trait, words, probe);
            case Not(Condition condition) ->
                switch (condition.holds(probe)) {
                    case YES -> Answer.NO;
                    case NO -> Answer.YES;
                    case UNKNOWN -> Answer.UNKNOWN;
                };
            case Unclear() -> Answer.UNKNOWN;
        };
    }

    private static Answer within(Field field, List<Span> spans, Probe probe) {
        boolean in = probe.way() == Way.IN;
        Optional<Span> value = switch (field) {
            case SOURCE -> in ? Optional.of(probe.far()) : probe.near();
            case DESTINATION -> in ? probe.near() : Optional.of(probe.far());
            case DESTINATION_PORT -> Optional.of(probe.port());
            case SOURCE_PORT -> Optional.empty();
        };
        return value.map(one -> one.within(spans)).orElse(Answer.UNKNOWN);
    }

    private static Answer is(Trait trait, Set<String> words, Probe probe) {
        return switch (trait) {
            case FAMILY -> known(words.contains(probe.family() == Family.IPV4 ? "ipv4" : "ipv6"));
            case TRANSPORT -> known(words.contains(probe.transport().label()));
            case STATE -> known(words.contains("new"));
            case DESTINATION_TYPE ->
                // What comes in by TCP is for an address of this machine; by UDP it may be for a group.
                probe.way() == Way.IN && probe.transport() == Transport.TCP
                        ? known(words.contains("local"))
                        : Answer.UNKNOWN;
            case INTERFACE -> words.equals(Set.of("lo")) ? Answer.NO : Answer.UNKNOWN;
        };
    }

    private static Answer known(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }
}
