package dev.byway.core.doctor;

import dev.byway.core.fleet.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What going to the coordinator says: name, connection, clock, certificate, credential. */
public final class CoordinatorRules {
    private static final Duration TOLERATED = Duration.ofSeconds(90);
    private static final Duration WRONG = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofDays(30);

    private CoordinatorRules() {}

    /** Without a fleet, or in a mode that asks no coordinator, none of it matters. */
    public static List<Result> none(String why) {
        Finding none = new Finding.NotApplicable(why);
        return List.of(
                new Result(Check.COORDINATOR_NAME, "", none),
                new Result(Check.COORDINATOR_TCP, "", none),
                new Result(Check.CLOCK, "", none),
                new Result(Check.COORDINATOR_TLS, "", none),
                new Result(Check.CREDENTIAL, "", none),
                new Result(Check.CERTIFICATE, "", none),
                new Result(Check.ROUTE_IN, "", none));
    }

    /** Judges one attempt for each URL of the coordinator: one that works is enough, for then calls go there. */
    public static List<Result> judge(List<CoordinatorSeen> all) {
        CoordinatorSeen seen = all.stream()
                .max(Comparator.comparingInt(CoordinatorSeen::steps))
                .orElseThrow(() -> new IllegalArgumentException("no URL was tried"));
        return List.of(
                new Result(Check.COORDINATOR_NAME, "resolved " + seen.host(), name(seen)),
                new Result(
                        Check.COORDINATOR_TCP,
                        "connected to " + seen.host() + ", TCP " + seen.port(),
                        seen.trouble().isEmpty() ? others(seen, all) : tcp(seen)),
                new Result(Check.CLOCK, "compared with the coordinator's clock", clock(seen)),
                new Result(Check.COORDINATOR_TLS, "looked at the certificate that answers", tls(seen)));
    }

    private static Finding others(CoordinatorSeen works, List<CoordinatorSeen> all) {
        List<String> troubles = all.stream()
                .flatMap(seen -> seen.trouble().map(why -> seen.host() + ":" + seen.port() + " (" + why + ")").stream())
                .toList();
        return troubles.isEmpty()
                ? new Finding.Pass("connected")
                : new Finding.Warn(
                        "connected to " + works.host() + ", but " + String.join(", ", troubles)
                                + " would not step in for it",
                        "see byway coordinator there and the way to it, or join again with a token that does not name it");
    }

    private static Finding name(CoordinatorSeen seen) {
        return seen.addresses().isEmpty()
                ? new Finding.Fail(
                        seen.host() + " has no address here",
                        "enter it in the DNS that this device asks (see resolvectl query " + seen.host() + ")")
                : new Finding.Pass(seen.host() + " is " + String.join(", ", seen.addresses()));
    }

    private static Finding tcp(CoordinatorSeen seen) {
        return seen.unconnected()
                .<Finding>map(why -> new Finding.Fail(
                        why,
                        "let TCP " + seen.port() + " out to " + seen.host()
                                + " at the routers and firewalls on the way; is byway coordinator running there?"))
                .orElseGet(() -> seen.addresses().isEmpty()
                        ? new Finding.NotCollected("there is no address to connect to")
                        : new Finding.Pass("connected"));
    }

    private static Finding clock(CoordinatorSeen seen) {
        if (seen.ahead().isEmpty()) {
            return new Finding.NotCollected("nobody said what time it is");
        }
        Duration off = seen.ahead().get().abs();
        String words = "this clock is " + words(off) + (seen.ahead().get().isNegative() ? " behind" : " ahead");
        String mend = "set the clock: timedatectl set-ntp true";
        if (off.compareTo(WRONG) >= 0) {
            return new Finding.Fail(words + ": certificates are not believed", mend);
        }
        return off.compareTo(TOLERATED) > 0
                ? new Finding.Warn(words, mend)
                : new Finding.Pass("right to " + words(off));
    }

    private static String words(Duration off) {
        long hours = Math.round(off.toSeconds() / 3600.0);
        if (hours >= 48) {
            return Math.round(hours / 24.0) + " days";
        }
        if (hours >= 2) {
            return hours + " hours";
        }
        return off.toSeconds() < 1 ? "a second" : off.toSeconds() + " s";
    }

    private static Finding tls(CoordinatorSeen seen) {
        if (seen.broken().isPresent()) {
            return new Finding.Fail(
                    "no TLS with " + seen.host() + ": " + seen.broken().get(),
                    "see what answers there: openssl s_client -connect " + seen.host() + ":" + seen.port());
        }
        return seen.untrusted()
                .map(doubt -> untrusted(seen, doubt))
                .orElseGet(() -> seen.issuer().isEmpty()
                        ? new Finding.NotCollected("no certificate was seen")
                        : new Finding.Pass("of the fleet's authority, " + seen.issuer()));
    }

    private static Finding untrusted(CoordinatorSeen seen, CoordinatorSeen.Doubt doubt) {
        return doubt.stranger()
                ? new Finding.Fail(
                        "the certificate is from " + seen.issuer()
                                + ", not from the fleet's authority: something on the way opens TLS",
                        "except " + seen.host()
                                + " from TLS inspection; if the fleet was founded anew, join it again with byway join")
                : new Finding.Fail(
                        "the certificate, from " + seen.issuer() + ", is not believed: " + doubt.why(),
                        "give the coordinator one that is valid now and made for " + seen.host());
    }

    /** Judges what the coordinator said to the agent. */
    public static List<Result> judge(Examination.Fleet fleet, Instant now) {
        return List.of(
                new Result(Check.CREDENTIAL, "called the coordinator as this device", credential(fleet, now)),
                new Result(Check.CERTIFICATE, "looked at this device's certificate", expiry(fleet.certificate(), now)));
    }

    private static Finding credential(Examination.Fleet fleet, Instant now) {
        if (fleet.nearby().isPresent()) {
            return new Finding.Pass("known at " + fleet.url());
        }
        if (!fleet.refused()) {
            return new Finding.NotCollected(
                    "the agent has no answer from it, and tries again within 15 s: " + fleet.trouble());
        }
        boolean expired = now.isAfter(fleet.certificate().until());
        return new Finding.Fail(
                expired
                        ? "this device's certificate of the fleet expired on "
                                + fleet.certificate().until()
                        : fleet.trouble(),
                "join the fleet again: byway join TOKENFILE");
    }

    private static Finding expiry(Validity certificate, Instant now) {
        Duration left = Duration.between(now, certificate.until());
        if (left.isNegative()) {
            return new Finding.Fail(
                    "it expired on " + certificate.until(), "join the fleet again: byway join TOKENFILE");
        }
        return left.compareTo(SOON) < 0
                ? new Finding.Warn(
                        "it ends in " + left.toDays() + " days and was not renewed so far",
                        "see the agent's log for why; join the fleet again: byway join TOKENFILE")
                : new Finding.Pass("valid for " + left.toDays() + " days; it is renewed in time");
    }
}
