package dev.byway.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NatExaminationTest {
    private static final Optional<InetAddress> HERE = Optional.of(InetAddress.ofLiteral("2001:0:bc8:202::1"));
    private static final Optional<InetAddress> THERE = Optional.of(InetAddress.ofLiteral("2001:0:bc8:202::2"));

    private static NatExamination begin() {
        return NatExamination.NONE.begun(HERE).orElseThrow();
    }

    private static NatBehaviour seen(NatFiltering filtering) {
        return new NatBehaviour(NatMapping.ENDPOINT_INDEPENDENT, filtering, NatHairpin.UNKNOWN);
    }

    private static NatFiltering known(NatExamination examination, NatFiltering seen) {
        return examination.kind(seen(seen)).filtering();
    }

    @Test
    void itBeginsWithAnAddressAndAnewWithAnotherOne() {
        assertThat(NatExamination.NONE.begun(Optional.empty())).isEmpty();
        NatExamination late = begin().after(NatFiltering.UNKNOWN).after(NatFiltering.UNKNOWN);
        assertThat(late.begun(HERE)).isEmpty();
        assertThat(late.begun(Optional.empty())).isEmpty();
        assertThat(late.begun(THERE)).contains(new NatExamination(THERE, 0, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDPOINT_INDEPENDENT", "ADDRESS_DEPENDENT"})
    void aPacketThatCameIsAProof(NatFiltering seen) {
        assertThat(begin().after(seen).isOver()).isTrue();
        assertThat(known(begin(), seen)).isEqualTo(seen);
        assertThat(known(NatExamination.NONE, seen)).isEqualTo(seen);
    }

    @ParameterizedTest
    @EnumSource(names = {"ADDRESS_AND_PORT_DEPENDENT", "UNKNOWN"})
    void thatNoPacketCameIsBelievedTheThirdTime(NatFiltering seen) {
        NatExamination twice = begin().after(seen).after(seen);
        assertThat(twice.isOver()).isFalse();
        assertThat(known(twice, NatFiltering.ADDRESS_AND_PORT_DEPENDENT)).isEqualTo(NatFiltering.UNKNOWN);
        NatExamination thrice = twice.after(seen);
        assertThat(thrice.isOver()).isTrue();
        assertThat(known(thrice, NatFiltering.ADDRESS_AND_PORT_DEPENDENT))
                .isEqualTo(NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    }

    @ParameterizedTest
    @EnumSource(NatMapping.class)
    void howTheNatMapsIsKnownWithoutAnExamination(NatMapping mapping) {
        NatBehaviour seen = new NatBehaviour(mapping, NatFiltering.UNKNOWN, NatHairpin.UNKNOWN);
        assertThat(NatExamination.NONE.kind(seen).mapping()).isEqualTo(mapping);
    }
}
