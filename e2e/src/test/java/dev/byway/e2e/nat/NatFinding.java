package dev.byway.e2e.nat;

import java.util.List;

/**
 * What {@link NatProbe} found out about the NAT that it is behind.
 *
 * @param outside the public address that the first responder saw
 * @param port the public port that it saw
 * @param tcp the public address that it saw over TCP
 */
record NatFinding(String outside, int port, Behaviour mapping, Behaviour filtering, boolean hairpin, String tcp) {
    /** With what its line in the probe's output starts. */
    static final String START = "finding ";

    String line() {
        return START + String.join(" ", outside, "" + port, mapping.name(), filtering.name(), "" + hairpin, tcp);
    }

    static NatFinding parse(String line) {
        List<String> words = List.of(line.substring(START.length()).split(" "));
        return new NatFinding(
                words.get(0),
                Integer.parseInt(words.get(1)),
                Behaviour.valueOf(words.get(2)),
                Behaviour.valueOf(words.get(3)),
                Boolean.parseBoolean(words.get(4)),
                words.get(5));
    }
}
