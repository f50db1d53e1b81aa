package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.doctor.TunnelHistory.Solicitations;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatKind;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunnelHistoryTest {
    private static final NatKind CONE = new NatKind(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ENDPOINT_INDEPENDENT);
    private static final NatKind SYMMETRIC =
            new NatKind(NatMapping.ENDPOINT_DEPENDENT, NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    private static final NatBehaviour BEHIND_CONE = behaviour(CONE);

    private final TunnelHistory history = new TunnelHistory();

    private static NatBehaviour behaviour(NatKind kind) {
        return new NatBehaviour(kind.mapping(), kind.filtering(), NatHairpin.UNKNOWN);
    }

    private static Moment at(Duration time) {
        return new Moment(0).plus(time);
    }

    private static Moment minute(int minute) {
        return at(Duration.ofMinutes(minute));
    }

    private static Solicitations count(long asked, long answered) {
        return new Solicitations(asked, answered);
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }

    private static InetAddress address(int number) {
        return InetAddress.ofLiteral("2001:0:bc8:202::" + Integer.toHexString(number + 1));
    }

    private void offer(int number, NatKind nat, Moment now) {
        history.offered(device(number), new TeredoEndpoint(address(number), nat), now);
    }

    private static Meeting meeting(int number, NatKind nat, boolean met) {
        return new Meeting(device(number).shortForm(), behaviour(nat), met);
    }

    @Test
    void beforeAnythingWasCountedAllIsOfLate() {
        assertThat(history.ofLate(count(7, 3), minute(0))).isEqualTo(count(7, 3));
    }

    @Test
    void anOutageCountsForTenMinutes() {
        history.counted(count(10, 10), minute(0));
        history.counted(count(20, 10), minute(4));
        history.counted(count(30, 20), minute(8));
        assertThat(history.ofLate(count(31, 21), minute(10))).isEqualTo(count(21, 11));
        assertThat(history.ofLate(count(31, 21), at(Duration.ofMinutes(10).plusNanos(1))))
                .isEqualTo(count(11, 11));
        assertThat(history.ofLate(count(40, 30), minute(15))).isEqualTo(count(10, 10));
    }

    @Test
    void whenNothingWasCountedOfLateTheLastCountIsTheOneToCompareWith() {
        history.counted(count(10, 10), minute(0));
        history.counted(count(20, 20), minute(1));
        assertThat(history.ofLate(count(25, 21), minute(90))).isEqualTo(count(5, 1));
    }

    @Test
    void aFloodOfCountsIsForgottenFromItsBeginning() {
        for (int i = 0; i <= TunnelHistory.MOST; i++) {
            history.counted(count(i, i), minute(0));
        }
        assertThat(history.ofLate(count(1000, 1000), minute(0))).isEqualTo(count(999, 999));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDSHAKE", "OTHER_DEVICE"})
    void whoAnsweredIsMetWhoeverItWas(ProbeOutcome outcome) {
        offer(1, CONE, minute(0));
        history.dialled(address(1), outcome, minute(1));
        assertThat(history.meetings(BEHIND_CONE, minute(2))).containsExactly(meeting(1, CONE, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "TIMEOUT", "UNREACHABLE"})
    void whoDidNotAnswerIsMissed(ProbeOutcome outcome) {
        offer(1, CONE, minute(0));
        history.dialled(address(1), outcome, minute(1));
        assertThat(history.meetings(BEHIND_CONE, minute(2))).containsExactly(meeting(1, CONE, false));
    }

    @Test
    void whoWasNotTriedIsToldOfOnlyWhereTheNatsForbidIt() {
        offer(1, CONE, minute(0));
        offer(2, SYMMETRIC, minute(0));
        history.dialled(address(1), ProbeOutcome.NOT_TRIED, minute(0));
        assertThat(history.meetings(BEHIND_CONE, minute(0))).isEmpty();
        assertThat(history.meetings(behaviour(SYMMETRIC), minute(0))).containsExactly(meeting(2, SYMMETRIC, false));
    }

    @Test
    void aMeetingIsToldOfForTenMinutesAndAnOfferRenewsIt() {
        offer(1, CONE, minute(0));
        history.dialled(address(1), ProbeOutcome.HANDSHAKE, minute(0));
        assertThat(history.meetings(BEHIND_CONE, minute(10))).hasSize(1);
        assertThat(history.meetings(BEHIND_CONE, minute(11))).isEmpty();
        offer(1, CONE, minute(12));
        assertThat(history.meetings(BEHIND_CONE, minute(22))).containsExactly(meeting(1, CONE, true));
    }

    @Test
    void whoWasNotOfferedIsNotRemembered() {
        history.dialled(address(1), ProbeOutcome.HANDSHAKE, minute(0));
        assertThat(history.meetings(BEHIND_CONE, minute(0))).isEmpty();
    }

    @Test
    void ofManyDevicesThoseOfferedLastAreRemembered() {
        for (int number = 0; number <= TunnelHistory.MOST; number++) {
            offer(number, CONE, minute(0));
        }
        history.dialled(address(0), ProbeOutcome.HANDSHAKE, minute(0));
        history.dialled(address(1), ProbeOutcome.HANDSHAKE, minute(0));
        assertThat(history.meetings(BEHIND_CONE, minute(0))).containsExactly(meeting(1, CONE, true));
    }
}
