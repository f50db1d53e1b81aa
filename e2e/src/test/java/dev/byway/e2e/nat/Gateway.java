package dev.byway.e2e.nat;

import dev.byway.e2e.lab.Host;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The router of one site: {@code wan} outside, {@code lan} inside, and the NAT between them. */
final class Gateway {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Host host;
    private NatRules rules;
    private int generation;

    Gateway(Host host, String outside, NatType type) {
        this.host = host;
        this.rules = new NatRules(outside, type, false, TIMEOUT);
    }

    Host host() {
        return host;
    }

    /** Takes the rules as they are changed, and knows no mapping any more. */
    void set(UnaryOperator<NatRules> change) {
        rules = change.apply(rules);
        generation++;
        host.exec("nft", rules.text(generation));
        long seconds = rules.timeout().toSeconds();
        host.exec(
                "sysctl",
                "-qw",
                "net.netfilter.nf_conntrack_udp_timeout=" + seconds,
                "net.netfilter.nf_conntrack_udp_timeout_stream=" + seconds);
    }

    void forget() {
        generation++;
        host.exec("nft", NatRules.forgetting(generation));
    }
}
