package dev.byway.core.doctor;

import dev.byway.core.doctor.OriginSeen.Barred;
import dev.byway.core.doctor.OriginSeen.Part;
import dev.byway.core.doctor.OriginSeen.Refused;
import dev.byway.core.doctor.OriginSeen.Silent;
import dev.byway.core.doctor.OriginSeen.Whole;
import java.util.List;
import java.util.OptionalLong;

/** What asking the origin for one byte says: of the proxy on the way, of the origin, and of parts. */
public final class OriginRules {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int SERVER_ERROR = 500;

    private OriginRules() {}

    /** Nothing was asked. */
    public static List<Result> none(Finding why) {
        return List.of(
                new Result(Check.PROXY, "", why), new Result(Check.ORIGIN, "", why), new Result(Check.RANGES, "", why));
    }

    /**
     * Judges one attempt.
     *
     * @param remembered length of an earlier download from there, when only that knows the address: then its query and
     *     credentials are forgotten. Empty when somebody gave the address
     */
    public static List<Result> judge(OriginSeen seen, OptionalLong remembered) {
        String tried = "asked for the second byte of " + seen.url();
        return List.of(
                new Result(Check.PROXY, tried, proxy(seen)),
                new Result(Check.ORIGIN, tried, origin(seen, remembered.isPresent())),
                new Result(Check.RANGES, tried, ranges(seen, remembered)));
    }

    private static Finding proxy(OriginSeen seen) {
        if (seen.proxy().isEmpty()) {
            return new Finding.NotApplicable("no proxy is set for " + seen.host());
        }
        String through = seen.proxy().get();
        return seen.answer() instanceof Barred(String why)
                ? new Finding.Fail(
                        why, "set origin.proxy to one that works, or name " + seen.host() + " in origin.noProxy")
                : new Finding.Pass(through + " lets requests to " + seen.host() + " through");
    }

    private static Finding origin(OriginSeen seen, boolean remembered) {
        return switch (seen.answer()) {
            case Part(), Whole _ -> new Finding.Pass(seen.host() + " answers");
            case Barred _ -> new Finding.NotCollected("because of proxy");
            case Silent(OriginSeen.Step failed, String why) -> new Finding.Fail(why, mend(seen, failed));
            case Refused(int status, String _)
            when status == RANGE_NOT_SATISFIABLE -> new Finding.Pass(seen.host() + " answers");
            case Refused(int status, String why)
            when remembered && status < SERVER_ERROR ->
                new Finding.NotCollected(why + ". The address of the last download is remembered without query and "
                        + "credentials: name it, byway doctor URL");
            case Refused(int _, String why) -> new Finding.Fail(why, mend(seen, OriginSeen.Step.HTTP));
        };
    }

    private static String mend(OriginSeen seen, OriginSeen.Step failed) {
        return switch (failed) {
            case NAME ->
                "enter " + seen.host()
                        + " in the DNS that this device asks; where only a proxy knows it, set origin.proxy";
            case CONNECTION ->
                "let TCP out to " + seen.host() + " at the routers and firewalls on the way, or set origin.proxy";
            case TLS -> "name the file of the authority that certifies it in origin.ca, if that is one to be trusted";
            case HTTP -> "see what answers: curl -v -r 1-1 -o /dev/null " + seen.url();
        };
    }

    private static Finding ranges(OriginSeen seen, OptionalLong remembered) {
        return switch (seen.answer()) {
            case Part() -> new Finding.Pass(seen.host() + " sends the part that was asked for");
            case Refused(int status, String why)
            when status == RANGE_NOT_SATISFIABLE ->
                new Finding.NotApplicable("the file is too short for parts: " + why);
            case Whole whole -> ranges(seen, whole, remembered);
            case Barred _, Silent _, Refused _ -> new Finding.NotCollected(seen.host() + " sent nothing");
        };
    }

    private static Finding ranges(OriginSeen seen, Whole whole, OptionalLong remembered) {
        OptionalLong length = whole.length();
        if (length.isPresent() && length.getAsLong() <= 1) {
            return new Finding.NotApplicable("the file is too short for parts");
        }
        if (remembered.isPresent() && length.isPresent() && !remembered.equals(length)) {
            return new Finding.NotCollected("there are " + length.getAsLong() + " bytes now, and the last download had "
                    + remembered.getAsLong() + ": name the whole address, byway doctor URL");
        }
        String servers = whole.servers().isEmpty() ? "" : " (" + String.join(", ", whole.servers()) + ")";
        String got = "one byte was asked for and the whole file came" + servers
                + ", so that it cannot be fetched in parts: ";
        return whole.offersParts() || seen.proxy().isPresent() ? lostOnTheWay(seen, got) : ignored(seen.host(), got);
    }

    /** A proxy that drops the request's field passes on the origin's word that it serves parts. */
    private static Finding lostOnTheWay(OriginSeen seen, String got) {
        boolean sure = seen.answer() instanceof Whole whole && whole.offersParts();
        String who = seen.proxy().map(proxy -> "proxy " + proxy).orElse("something on the way");
        return new Finding.Fail(
                got
                        + (sure
                                ? seen.host() + " says that it serves parts, but " + who + " drops Range"
                                : who + " drops Range, or " + seen.host() + " ignores it"),
                seen.proxy().isPresent()
                        ? "let the proxy pass Range on, or name " + seen.host() + " in origin.noProxy"
                        : "let what stands before " + seen.host() + " pass Range on");
    }

    private static Finding ignored(String host, String got) {
        return new Finding.Fail(
                got + host + " ignores Range",
                "let " + host + " serve byte ranges (nginx: max_ranges; Apache: MaxRanges)");
    }
}
