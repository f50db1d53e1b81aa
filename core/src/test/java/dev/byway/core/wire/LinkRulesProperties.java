package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LinkRulesProperties {
    @Property(tries = 300)
    void twoHonestSidesBreakNoRuleHoweverTheirFramesCross(@ForAll Random random) {
        HonestSide a = new HonestSide(random);
        HonestSide b = new HonestSide(random);

        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(4)) {
                case 0 -> a.act();
                case 1 -> b.act();
                case 2 -> a.hear(b);
                case 3 -> b.hear(a);
                default -> throw new AssertionError();
            }
        }
        while (a.hear(b) || b.hear(a)) {}

        assertThat(a.heard() + b.heard()).isGreaterThan(50);
    }

    @Property
    void anyFramesInAnyOrderGiveAnAnswer(@ForAll("frames") List<Frame> frames, @ForAll Random random) {
        LinkRules rules = new LinkRules();
        rules.received(Golden.frame("hello"), Moment.ZERO);
        rules.sent(Golden.frame("hello"), Moment.ZERO);

        for (Frame frame : frames) {
            Moment now = new Moment(random.nextLong(1L << 40));
            if (random.nextBoolean()) {
                assertThat(rules.received(frame, now)).isNotNull();
            } else {
                assertThat(rules.sent(frame, now)).isNotNull();
            }
        }
        assertThat(rules.requestsInFlight()).isBetween(0, WireLimits.REQUESTS);
        assertThat(rules.channelsOpen()).isBetween(0, WireLimits.CHANNELS);
    }

    @Provide
    Arbitrary<List<Frame>> frames() {
        return Frames.any().list().ofMaxSize(20);
    }
}
