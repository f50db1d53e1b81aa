package dev.byway.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatKind.Prospect;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can meet whom: the table of docs/teredo.md, which the lab has shown, and nothing claimed beyond what is known. */
class NatKindTest {
    private static NatKind nat(String name) {
        NatMapping mapping =
                name.startsWith("symmetric") ? NatMapping.ENDPOINT_DEPENDENT : NatMapping.ENDPOINT_INDEPENDENT;
        NatFiltering filtering = switch (name) {
            case "full cone" -> NatFiltering.ENDPOINT_INDEPENDENT;
            case "restricted" -> NatFiltering.ADDRESS_DEPENDENT;
            case "unknown filter" -> NatFiltering.UNKNOWN;
            default -> NatFiltering.ADDRESS_AND_PORT_DEPENDENT;
        };
        return name.equals("unknown") ? NatKind.UNKNOWN : new NatKind(mapping, filtering);
    }

    @ParameterizedTest
    @CsvSource({
        "full cone, full cone, WAY",
        "full cone, restricted, WAY",
        "full cone, port-restricted, WAY",
        "full cone, symmetric, WAY",
        "restricted, restricted, WAY",
        "restricted, port-restricted, WAY",
        "restricted, symmetric, WAY",
        "port-restricted, port-restricted, WAY",
        "port-restricted, symmetric, NO_WAY",
        "symmetric, symmetric, NO_WAY",
        "unknown filter, symmetric, UNKNOWN",
        "unknown filter, port-restricted, WAY",
        "unknown, full cone, WAY",
        "unknown, restricted, WAY",
        "unknown, port-restricted, UNKNOWN",
        "unknown, symmetric, UNKNOWN",
        "unknown, unknown, UNKNOWN"
    })
    void whoMeetsWhom(String one, String other, Prospect prospect) {
        assertThat(nat(one).prospect(nat(other))).isEqualTo(prospect);
        assertThat(nat(other).prospect(nat(one))).isEqualTo(prospect);
    }

    /** What is learned later never contradicts what was said. */
    @Property
    void learningMoreContradictsNothing(
            @ForAll NatMapping mapping,
            @ForAll NatFiltering filtering,
            @ForAll NatMapping other,
            @ForAll NatFiltering to) {
        NatKind whole = new NatKind(mapping, filtering);
        NatKind peer = new NatKind(other, to);
        for (NatKind less :
                new NatKind[] {new NatKind(NatMapping.UNKNOWN, filtering), new NatKind(mapping, NatFiltering.UNKNOWN)
                }) {
            assertThat(less.prospect(peer)).isIn(Prospect.UNKNOWN, whole.prospect(peer));
        }
    }
}
