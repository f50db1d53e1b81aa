package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatMapping;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind each of the four NATs, with hairpins and without, a device finds out by itself what it is behind. */
@Tag("netns")
class NatWordsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NONCE = "4711";
    private static final String OTHER_PORT = "4000";

    @TempDir
    Path home;

    private static String expected(NatType type, boolean hairpin) {
        NatMapping mapping = type.mapping() == Behaviour.ENDPOINT_INDEPENDENT
                ? NatMapping.ENDPOINT_INDEPENDENT
                : NatMapping.ENDPOINT_DEPENDENT;
        NatFiltering filtering = switch (type.filtering()) {
            case ENDPOINT_INDEPENDENT -> NatFiltering.ENDPOINT_INDEPENDENT;
            case ADDRESS_DEPENDENT -> NatFiltering.ADDRESS_DEPENDENT;
            case ADDRESS_AND_PORT_DEPENDENT -> NatFiltering.ADDRESS_AND_PORT_DEPENDENT;
        };
        boolean turns = hairpin && type != NatType.SYMMETRIC;
        NatHairpin seen = turns ? NatHairpin.YES : NatHairpin.NO;
        return new NatBehaviour(mapping, filtering, seen).words() + ", hairpin " + seen;
    }

    @Test
    void eachNatIsNamedForWhatItDoes() {
        List<NatType> sites = new ArrayList<>(List.of(NatType.values()));
        sites.addAll(List.of(NatType.values()));
        try (NatLab lab = NatLab.open(home, 1, sites.toArray(NatType[]::new))) {
            lab.coordinator().spawn(TeredoLab.coordinator(home)).awaitLine("ready ", PATIENCE);
            List<Running> devices = new ArrayList<>();
            for (int site = 1; site <= sites.size(); site++) {
                lab.hairpin(site, site > NatType.values().length);
                devices.add(TeredoLab.device(lab.host(site, 1), List.of(TeredoDevice.EXAMINE + NONCE)));
            }
            List<String> arguments = new ArrayList<>(List.of("11.200.2.2", OTHER_PORT, NONCE));
            devices.forEach(device -> arguments.add(TeredoLab.address(device)));
            lab.coordinator()
                    .spawn(JavaProgram.command(BubbleSender.class, arguments.toArray(String[]::new)))
                    .awaitLine("sending", PATIENCE);
            for (int i = 0; i < devices.size(); i++) {
                String found = wholeExamination(devices.get(i));
                System.out.println(sites.get(i) + ": " + found);
                assertThat(found).isEqualTo(expected(sites.get(i), i >= NatType.values().length));
            }
        }
    }

    /** The result of one that began after the bubbles did. */
    private static String wholeExamination(Running device) {
        long begun = device.output()
                .lines()
                .filter(line -> line.startsWith("examined "))
                .count();
        String start = "examined " + (begun + 2) + ": ";
        return device.awaitLine(start, PATIENCE).substring(start.length());
    }
}
