package dev.byway.core.ports;

import dev.byway.core.policy.Answer;
import java.util.List;
import java.util.Set;

/** What a rule of a firewall asks of a packet. */
sealed interface Condition {
    /** The interface of the machine with itself, on Linux and on macOS. */
    Set<String> LOOPBACK = Set.of("lo", "lo0");

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
        /** The name of an interface; one that ends with + or * stands for all that begin so. */
        INTERFACE,
        DESTINATION_TYPE,
        /** What connection tracking knows besides the state. */
        STATUS
    }

    /** The number lies within one of these. */
    record Within(Field field, List<Span> spans) implements Condition {}

    /** The word is one of these, in lower case. */
    record Is(Trait trait, Set<String> words) implements Condition {}

    /** The contrary. */
    record Not(Condition condition) implements Condition {}

    /** Something that no packet of Byway is: one with a routing header. */
    record Never() implements Condition {}

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
            case Never() -> Answer.NO;
            case Unclear() -> Answer.UNKNOWN;
        };
    }

    private static Answer within(Field field, List<Span> spans, Probe probe) {
        boolean in = probe.way() == Way.IN;
        List<Span> near = probe.near().stream().toList();
        List<Span> values = switch (field) {
            case SOURCE -> in ? probe.far() : near;
            case DESTINATION -> in ? near : probe.far();
            case DESTINATION_PORT -> List.of(probe.port());
            case SOURCE_PORT -> List.of();
        };
        List<Answer> answers =
                values.stream().map(one -> one.within(spans)).distinct().toList();
        return answers.size() == 1 ? answers.getFirst() : Answer.UNKNOWN;
    }

    private static Answer is(Trait trait, Set<String> words, Probe probe) {
        return switch (trait) {
            case FAMILY -> known(words.contains(probe.family() == Family.IPV4 ? "ipv4" : "ipv6"));
            case TRANSPORT -> known(words.contains(probe.transport().label()));
            case STATE -> known(words.contains("new"));
            case DESTINATION_TYPE ->
                probe.way() == Way.IN ? known(words.contains(probe.toGroup() ? "multicast" : "local")) : Answer.UNKNOWN;
            case INTERFACE -> over(words, probe.links());
            case STATUS -> Answer.NO; // a first packet to this machine itself was neither translated nor answered
        };
    }

    private static Answer over(Set<String> words, Set<String> links) {
        if (LOOPBACK.containsAll(words)) {
            return Answer.NO;
        }
        long named = links.stream()
                .filter(link -> words.stream().anyMatch(word -> names(word, link)))
                .count();
        if (links.isEmpty() || (named > 0 && named < links.size())) {
            return Answer.UNKNOWN;
        }
        return known(named > 0);
    }

    private static boolean names(String word, String link) {
        boolean many = word.endsWith("+") || word.endsWith("*");
        return many ? link.startsWith(word.substring(0, word.length() - 1)) : link.equals(word);
    }

    private static Answer known(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }
}
