package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.List;
import java.util.stream.Stream;

/** Rules for ufw, each with a comment that begins with {@code byway} (ufw(8), "rule syntax"). */
final class UfwRules {
    private static final String COMMENT = " comment 'byway ";

    private UfwRules() {}

    /** Adds them, before those that deny (the first that matches decides); adding twice changes nothing, as ufw skips what is there. */
    static List<Command> add(List<Opening> openings) {
        return openings.stream().flatMap(UfwRules::add).distinct().toList();
    }

    private static Stream<Command> add(Opening opening) {
        return opening.far().stream().map(far -> Command.of(words(opening, far) + " comment", opening.comment()));
    }

    private static String words(Opening opening, Prefix far) {
        String other = Opening.everything(far) ? "any" : far.toString();
        String own = opening.near().orElse("any");
        boolean in = opening.way() == Way.IN;
        return "ufw prepend allow " + opening.way().label() + " proto "
                + opening.rule().transport().label()
                + " from " + (in ? other : own) + " to " + (in ? own : other)
                + opening.port().map(port -> " port " + port).orElse("");
    }

    /** Takes out what {@code ufw show added} lists with such a comment, whichever settings it was made for. */
    static List<Command> remove(String added) {
        return added.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("ufw ") && line.contains(COMMENT))
                .map(line -> line.substring("ufw ".length(), line.indexOf(COMMENT)))
                .map(rule -> Command.of("ufw delete " + rule))
                .distinct()
                .toList();
    }
}
