package dev.byway.agent.api;

import dev.byway.core.doctor.TunnelFacts;
import dev.byway.core.doctor.TunnelFacts.Burst;
import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.doctor.TunnelSeen;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** {@link TunnelSeen} as JSON, whole: what is written reads back equal. */
final class TunnelJson {
    private TunnelJson() {}

    static void write(JsonOutput json, TunnelSeen seen) {
        switch (seen) {
            case TunnelSeen.Unseen(String because) -> json.text("unseen", because);
            case TunnelSeen.Off(String why) -> json.text("off", why);
            case TunnelSeen.Seen(TunnelFacts facts) -> json.object("seen", out -> write(out, facts));
        }
    }

    private static void write(JsonOutput json, TunnelFacts facts) {
        json.text("server", facts.server()).flag("secondAddress", facts.secondAddress());
        json.number("asked", facts.asked()).number("answered", facts.answered());
        json.object("burst", out -> write(out, facts.burst()));
        json.number(
                "roundTripMicros",
                facts.roundTrip()
                        .map(time -> OptionalLong.of(time.toNanos() / 1000))
                        .orElse(OptionalLong.empty()));
        json.text("elsewhere", facts.elsewhere()).text("mapped", facts.mapped()).text("unnamed", facts.unnamed());
        json.object("nat", nat -> write(nat, facts.nat()));
        json.objects("meetings", facts.meetings(), TunnelJson::write);
    }

    private static void write(JsonOutput json, Burst burst) {
        json.number("sent", burst.sent()).number("answered", burst.answered());
    }

    private static void write(JsonOutput json, NatBehaviour nat) {
        json.text("mapping", JsonOutput.word(nat.mapping()));
        json.text("filtering", JsonOutput.word(nat.filtering()));
        json.text("hairpin", JsonOutput.word(nat.hairpin()));
    }

    private static void write(JsonOutput json, Meeting one) {
        json.text("device", one.device()).flag("met", one.met());
        json.object("nat", nat -> write(nat, one.nat()));
    }

    static TunnelSeen read(JsonInput json) {
        Optional<TunnelSeen> unseen = json.optional("unseen", TunnelSeen.Unseen::new);
        return unseen.or(() -> json.optional("off", TunnelSeen.Off::new))
                .orElseGet(() -> new TunnelSeen.Seen(json.object("seen", TunnelJson::facts)));
    }

    private static TunnelFacts facts(JsonInput json) {
        OptionalLong micros = json.optionalCount("roundTripMicros");
        return new TunnelFacts(
                json.text("server"),
                json.flag("secondAddress", false),
                json.count("asked"),
                json.count("answered"),
                json.object("burst", TunnelJson::burst),
                micros.isPresent() ? Optional.of(Duration.ofNanos(micros.getAsLong() * 1000)) : Optional.empty(),
                json.optionalText("elsewhere"),
                json.text("mapped"),
                json.optionalText("unnamed"),
                json.object("nat", TunnelJson::nat),
                json.objects("meetings", TunnelJson::meeting));
    }

    private static Burst burst(JsonInput json) {
        return new Burst(Math.toIntExact(json.count("sent")), Math.toIntExact(json.count("answered")));
    }

    private static NatBehaviour nat(JsonInput json) {
        return new NatBehaviour(
                json.word("mapping", NatMapping.class),
                json.word("filtering", NatFiltering.class),
                json.word("hairpin", NatHairpin.class));
    }

    private static Meeting meeting(JsonInput json) {
        return new Meeting(json.text("device"), json.object("nat", TunnelJson::nat), json.flag("met", false));
    }
}
