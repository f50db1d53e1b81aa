package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.DataSize;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GateProperties {
    private static final EffectiveSettings DEFAULTS = EffectiveSettings.defaults(Platform.LINUX);

    @Property
    void theOriginIsNeverRefused(
            @ForAll DownloadMode mode, @ForAll boolean secret, @ForAll boolean declined, @ForAll Answer answer) {
        DeviceFacts device =
                DeviceFacts.UNKNOWN.withVpn(answer).withRam(DataSize.ZERO).withDisk(DataSize.ZERO);
        ContentFacts content = ContentFacts.ofLength(0).asPrivate(secret).withPeersDeclined(declined);
        SourceFacts origin = new SourceFacts(SourceKind.ORIGIN, answer, answer, answer, true);
        Situation situation = new Situation(Direction.DOWNLOAD, device, content, origin);
        assertThat(Gate.refusals(situation, DEFAULTS.with(Settings.DOWNLOAD_MODE, mode)))
                .isEmpty();
    }

    @Property
    void whatIsNotKnownIsHeldAgainstNobody(
            @ForAll DownloadMode mode,
            @ForAll PeerRestriction restriction,
            @ForAll Direction direction,
            @ForAll SourceKind kind) {
        EffectiveSettings settings =
                DEFAULTS.with(Settings.DOWNLOAD_MODE, mode).with(Settings.RESTRICT_PEER_SELECTION, restriction);
        Assume.that(mode.allows(kind));
        Situation situation = new Situation(direction, DeviceFacts.UNKNOWN, ContentFacts.UNKNOWN, SourceFacts.of(kind));
        assertThat(Gate.refusals(situation, settings)).isEmpty();
    }
}
