package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.MicrosoftNeed;

/** What asking Microsoft's Teredo server says. Never a failure: most devices do without. */
public final class TeredoRules {
    private static final String HOST = MicrosoftHost.TEREDO.host();
    private static final String ONLY = "It matters in DODownloadMode "
            + MicrosoftNeed.TEREDO.modes().numbers() + " alone: without it " + MicrosoftNeed.TEREDO.without();

    private TeredoRules() {}

    /** Judges it. */
    public static Result judge(TeredoSeen seen) {
        return new Result(
                Check.MICROSOFT_TEREDO,
                "solicited a router of " + HOST + ", UDP "
                        + MicrosoftNeed.TEREDO.port().label(),
                finding(seen));
    }

    private static Finding finding(TeredoSeen seen) {
        return switch (seen) {
            case TeredoSeen.Answered(String mapped) ->
                new Finding.Pass("it answers, and sees this device as " + mapped);
            case TeredoSeen.Unresolved(String why) ->
                new Finding.Warn(why + ". " + ONLY, "let the DNS that this device asks resolve " + HOST);
            case TeredoSeen.Unsent(String why) -> new Finding.Warn(why + ". " + ONLY, openings());
            case TeredoSeen.Silent(int packets, long seconds) ->
                new Finding.Warn("no answer to " + packets + " packets within " + seconds + " s. " + ONLY, openings());
        };
    }

    private static String openings() {
        return "for those modes, let UDP " + MicrosoftNeed.TEREDO.port().label() + " out to " + HOST
                + ", and UDP from this device to any port for the data";
    }
}
