package dev.byway.core.doctor;

import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatKind.Prospect;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.util.List;
import java.util.stream.Collectors;

/** What the tunnel through NATs says: the server, this device's NAT, and the devices of other sites. */
public final class TunnelRules {
    private static final int FEW = 5;
    private static final double MOST = 0.8;
    private static final String LIFT_LIMIT =
            "lift the limit on UDP for this device in the router or firewall on the way (often called UDP flood protection)";
    private static final String NO_ADDRESS = "without an answer of the Teredo server nothing is known";

    private TunnelRules() {}

    /** Judges it. */
    public static List<Result> judge(TunnelSeen seen, EffectiveSettings settings) {
        DownloadMode mode = settings.get(Settings.DOWNLOAD_MODE);
        if (mode != DownloadMode.GROUP && mode != DownloadMode.INTERNET) {
            return all(new Finding.NotApplicable(
                    "mode " + mode.code() + " (" + mode.label() + ") shares with nobody behind another NAT"));
        }
        return switch (seen) {
            case TunnelSeen.Unseen(String because) -> all(new Finding.NotCollected(because));
            case TunnelSeen.Off(String why) -> all(new Finding.NotApplicable(why));
            case TunnelSeen.Seen(TunnelFacts facts)
            when facts.server().isEmpty() ->
                all(new Finding.NotApplicable(
                        "the coordinator is no Teredo server (teredo.server.addresses is not set)"));
            case TunnelSeen.Seen(TunnelFacts facts) -> results(server(facts), nat(facts), peers(facts));
        };
    }

    private static List<Result> all(Finding finding) {
        return results(finding, finding, finding);
    }

    private static List<Result> results(Finding server, Finding nat, Finding peers) {
        return List.of(
                new Result(
                        Check.TEREDO_SERVER, "asked the coordinator's Teredo server where it sees this device", server),
                new Result(
                        Check.TEREDO_NAT, "compared what the NAT does with packets of several sources (RFC 5780)", nat),
                new Result(Check.TEREDO_PEERS, "opened ways to devices of other sites", peers));
    }

    private static Finding server(TunnelFacts facts) {
        String server = facts.server() + ", UDP 3544";
        if (facts.asked() == 0) {
            return new Finding.NotCollected(server + " has not been asked yet");
        }
        if (facts.mapped().isEmpty()) {
            return facts.elsewhere()
                    .map(from -> answeredElsewhere(server, from))
                    .orElseGet(() -> silent(facts, server));
        }
        if (facts.burst().answered() < MOST * facts.burst().sent()) {
            return new Finding.Fail(
                    server + " answers, but only " + facts.burst().answered() + " of "
                            + facts.burst().sent()
                            + " packets that are sent at once: UDP is limited on the way, or gets lost",
                    LIFT_LIMIT);
        }
        if (facts.asked() >= FEW && facts.answered() < MOST * facts.asked()) {
            return new Finding.Warn(
                    server + " answered only " + facts.answered() + " of " + facts.asked()
                            + " solicitations: UDP gets lost on the way, or is limited",
                    LIFT_LIMIT);
        }
        if (facts.unnamed().isPresent()) {
            return new Finding.Warn(
                    server + " sees this device at " + facts.mapped()
                            + ", but the coordinator does not name that to others: "
                            + facts.unnamed().get(),
                    "let UDP and the calls to the coordinator leave this site by one line and one address");
        }
        return new Finding.Pass(server + ", answers"
                + facts.roundTrip()
                        .map(time -> " in " + Math.max(1, time.toMillis()) + " ms")
                        .orElse("")
                + ", and sees this device at " + facts.mapped());
    }

    private static Finding answeredElsewhere(String server, String from) {
        return new Finding.Fail(
                "asked " + server + ", and " + from
                        + " answered: the coordinator's machine has several addresses, or a NAT before it",
                "on the coordinator set teredo.server.addresses to the machine's own addresses, and teredo.server.advertised to "
                        + "those that devices see, in the same order");
    }

    private static Finding silent(TunnelFacts facts, String server) {
        String seen = facts.answered() == 0
                ? "no answer to " + facts.asked() + " solicitations to " + server
                        + ", while the coordinator answers over TCP"
                : server + " answered " + facts.answered() + " of " + facts.asked()
                        + " solicitations, and does not any more";
        return new Finding.Fail(
                seen,
                "in the firewalls on the way, allow out: UDP from this device, any port, to " + facts.server()
                        + " port 3544, and in: the answers");
    }

    private static Finding nat(TunnelFacts facts) {
        if (facts.mapped().isEmpty()) {
            return new Finding.NotCollected(NO_ADDRESS);
        }
        if (facts.nat().mapping() == NatMapping.UNKNOWN && facts.nat().filtering() == NatFiltering.UNKNOWN) {
            return new Finding.NotCollected(
                    facts.secondAddress()
                            ? "the server's second address did not answer"
                            : "the coordinator's Teredo server has one address, with which nothing can be compared: "
                                    + "teredo.server.addresses takes a second one");
        }
        String words = facts.nat().words();
        if (facts.nat().kind().isSymmetric()) {
            return new Finding.Warn(
                    words
                            + " (a symmetric NAT): devices whose NATs are symmetric too, or filter by address and port, cannot be met; "
                            + "others can" + hairpin(facts),
                    "switch this site's router to endpoint-independent mapping (also: full cone NAT, EIM, \"static port\") for UDP");
        }
        boolean filtersPorts = facts.nat().filtering() == NatFiltering.ADDRESS_AND_PORT_DEPENDENT;
        return new Finding.Pass(
                words + (filtersPorts ? ": all but devices behind symmetric NATs can be met" : "") + hairpin(facts));
    }

    private static String hairpin(TunnelFacts facts) {
        return switch (facts.nat().hairpin()) {
            case YES -> "; it turns packets to its own outside round (hairpin)";
            case NO ->
                "; it does not turn packets to its own outside round (no hairpin): devices of this site meet inside";
            case UNKNOWN -> "";
        };
    }

    private static Finding peers(TunnelFacts facts) {
        if (facts.mapped().isEmpty()) {
            return new Finding.NotCollected(NO_ADDRESS);
        }
        if (facts.meetings().isEmpty()) {
            return new Finding.NotCollected("no device of another site is known to try it with");
        }
        List<Meeting> hopeless = facts.missed(Prospect.NO_WAY);
        String explanation = hopeless.isEmpty()
                ? ""
                : "; between this NAT and that of " + names(hopeless) + " there is no way: "
                        + facts.nat().kind().words() + " here, "
                        + hopeless.getFirst().nat().kind().words() + " there";
        List<Meeting> missed = facts.missed(Prospect.WAY);
        List<Meeting> doubtful = facts.missed(Prospect.UNKNOWN);
        if (facts.met() > 0) {
            return someMet(facts, missed, explanation);
        }
        if (!missed.isEmpty()) {
            return new Finding.Fail(
                    "no packet of " + names(missed) + " came through, though these NATs would let it" + explanation,
                    OPEN_UDP);
        }
        return doubtful.isEmpty()
                ? new Finding.NotCollected("nobody could be met" + explanation + "; content comes from elsewhere")
                : new Finding.Warn(
                        "no packet of " + names(doubtful)
                                + " came through; either there is no way between the NATs, or UDP is kept in"
                                + explanation,
                        OPEN_UDP);
    }

    private static final String OPEN_UDP =
            "in the firewalls on the way, here and there, allow out: UDP from these devices, any port, to any address and any port "
                    + "(3544 is the server's alone), and in: the answers";

    private static Finding someMet(TunnelFacts facts, List<Meeting> missed, String explanation) {
        long met = facts.met();
        String seen = met + " of " + facts.meetings().size() + " devices of other sites met"
                + (missed.isEmpty() ? "" : ", not " + names(missed)) + explanation;
        boolean few = met + missed.size() >= FEW && met < MOST * (met + missed.size());
        return few
                ? new Finding.Warn(
                        seen + ": UDP gets lost on the way, or is limited",
                        "lift the limit on UDP, or on the number of its flows, for this device in the router or firewall on the way")
                : new Finding.Pass(seen);
    }

    private static String names(List<Meeting> meetings) {
        int more = meetings.size() - FEW;
        return meetings.stream().limit(FEW).map(Meeting::device).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
