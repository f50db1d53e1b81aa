package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PortRuleProperties {
    @Property
    void whatHoldsInAllCircumstances(
            @ForAll PortRole role,
            @ForAll DownloadMode mode,
            @ForAll PeerRestriction restriction,
            @ForAll Platform platform,
            @ForAll boolean joined) {
        Circumstances now = Cases.of(role, mode, restriction, platform, joined);
        List<PortRule> all = PortRule.all(now);
        List<PortRule> in = all.stream().filter(rule -> rule.way() == Way.IN).toList();
        if (!mode.allowsPeers() && role == PortRole.AGENT) {
            assertThat(in).as("nothing comes in without peers").isEmpty();
            assertThat(all).extracting(PortRule::transport).containsOnly(Transport.TCP);
        }
        if (role != PortRole.COORDINATOR) {
            assertThat(in).extracting(PortRule::port).doesNotContain(new PortNumber.One(443), new PortNumber.Any());
            assertThat(in).extracting(PortRule::port).doesNotContain(new PortNumber.One(3544));
        }
        if (now.peers() != Reach.ANYWHERE) {
            assertThat(all).extracting(PortRule::port).doesNotContain(new PortNumber.One(3544));
            assertThat(in.stream().filter(rule -> role != PortRole.COORDINATOR))
                    .extracting(PortRule::reach)
                    .doesNotContain(Reach.ANYWHERE);
        }
        if (mode == DownloadMode.SIMPLE || mode == DownloadMode.BYPASS) {
            assertThat(all).extracting(PortRule::need).doesNotContain(Need.COORDINATOR, Need.SERVICE);
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Property
    void aNarrowerChoiceNeverOpensMore(
            @ForAll PortRole role, @ForAll DownloadMode mode, @ForAll Platform platform, @ForAll boolean joined) {
        List<PortRule> wide = PortRule.all(Cases.of(role, mode, PeerRestriction.NONE, platform, joined));
        for (PeerRestriction restriction : PeerRestriction.values()) {
            assertThat(PortRule.all(Cases.of(role, mode, restriction, platform, joined)))
                    .allSatisfy(narrow -> assertThat(wide).anyMatch(rule -> covers(rule, narrow)));
        }
    }

    private static boolean covers(PortRule wide, PortRule narrow) {
        return wide.need() == narrow.need()
                && wide.port().equals(narrow.port())
                && wide.reach().compareTo(narrow.reach()) >= 0;
    }
}
