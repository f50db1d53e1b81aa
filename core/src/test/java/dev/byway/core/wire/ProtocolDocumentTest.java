package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The specification says what the code does: its tables and examples are compared with the constants and golden files. */
class ProtocolDocumentTest {
    private static String document = "";

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(Path.of(System.getProperty("byway.root", ".."), "docs", "protocol.md"));
    }

    @Test
    void theExamplesAreTheGoldenFiles() {
        Map<String, String> goldens = new TreeMap<>();
        Stream.concat(Golden.frames().keySet().stream(), Golden.foreign().stream())
                .forEach(name -> goldens.put(name, HexFormat.of().formatHex(Golden.bytes(name))));

        assertThat(pairs("(?m)^([a-z-]+): ([0-9a-f ]+)$", 1, 2)).isEqualTo(goldens);
    }

    @Test
    void theTypesHaveTheirNumbersAndBounds() {
        Map<String, String> types = new TreeMap<>();
        for (FrameType type : FrameType.values()) {
            if (type != FrameType.UNKNOWN) {
                types.put(type.name().replace("_", ""), type.code() + "|" + type.least() + "|" + type.most());
            }
        }
        Map<String, String> documented = new TreeMap<>();
        matches("(?m)^\\| (\\d+) \\| (\\w+) \\| (\\d+) \\| (\\d+) \\|$")
                .forEach(row -> documented.put(
                        row.group(2).toUpperCase(Locale.ROOT), row.group(1) + "|" + row.group(3) + "|" + row.group(4)));

        assertThat(documented).isEqualTo(types);
    }

    @Test
    void theLimitsHaveTheirValues() {
        Map<String, String> limits = new TreeMap<>(Map.ofEntries(
                Map.entry("FRAME", "" + WireLimits.FRAME),
                Map.entry("HELLO", "" + WireLimits.HELLO),
                Map.entry("DATA", "" + WireLimits.DATA),
                Map.entry("REQUEST", "" + WireLimits.REQUEST),
                Map.entry("HASHES", "" + WireLimits.HASHES),
                Map.entry("CHANNELS", "" + WireLimits.CHANNELS),
                Map.entry("REQUESTS", "" + WireLimits.REQUESTS),
                Map.entry("SOFTWARE", "" + WireLimits.SOFTWARE),
                Map.entry("GROUP", "" + WireLimits.GROUP),
                Map.entry("TICKET", "" + WireLimits.TICKET),
                Map.entry("PIECES", "" + WireLimits.PIECES),
                Map.entry("SOUGHT", "" + WireLimits.SOUGHT),
                Map.entry("WAIT_MILLIS", "" + WireLimits.WAIT_MILLIS),
                Map.entry("HELLO_MILLIS", "" + WireLimits.HELLO_MILLIS),
                Map.entry("KEEP_ALIVE_MILLIS", "" + WireLimits.KEEP_ALIVE_MILLIS),
                Map.entry("SILENCE_MILLIS", "" + WireLimits.SILENCE_MILLIS)));

        assertThat(pairsIn("| limit |")).isEqualTo(limits);
    }

    @Test
    void theAllowancesHaveTheirValues() {
        Map<String, String> allowances = new TreeMap<>();
        for (Allowance allowance : Allowance.values()) {
            allowances.put(allowance.name(), "" + allowance.perMinute());
        }
        assertThat(pairsIn("| allowance |")).isEqualTo(allowances);
    }

    @Test
    void theReasonsAndOutcomesHaveTheirNumbers() {
        Map<String, String> reasons = new TreeMap<>();
        for (RejectReason reason : RejectReason.values()) {
            reasons.put("" + reason.code(), reason.name());
        }
        Map<String, String> outcomes = new TreeMap<>();
        for (ProbeOutcome outcome : ProbeOutcome.values()) {
            outcomes.put("" + outcome.code(), outcome.name());
        }
        assertThat(pairsIn("| reason | name |")).isEqualTo(reasons);
        assertThat(pairsIn("| outcome | name |")).isEqualTo(outcomes);
    }

    @Test
    void everyOrderRuleIsWrittenDown() {
        assertThat(pairsIn("| rule |").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Violation.Rule.values()).map(Enum::name).toList());
    }

    /** The first two columns of the table with this head. */
    private static Map<String, String> pairsIn(String head) {
        int start = document.indexOf("\n" + head);
        assertThat(start).as("the table %s", head).isNotNegative();
        String table = document.substring(start, document.indexOf("\n\n", start));
        Map<String, String> pairs = new TreeMap<>();
        Pattern.compile("(?m)^\\| (\\w+) \\| ([^|]+?) \\|")
                .matcher(table)
                .results()
                .skip(1)
                .forEach(row -> pairs.put(row.group(1), row.group(2)));
        return pairs;
    }

    private static Map<String, String> pairs(String pattern, int key, int value) {
        Map<String, String> pairs = new TreeMap<>();
        matches(pattern).forEach(m -> pairs.put(m.group(key), m.group(value).replace(" ", "")));
        return pairs;
    }

    private static Stream<MatchResult> matches(String pattern) {
        return Pattern.compile(pattern).matcher(document).results();
    }
}
