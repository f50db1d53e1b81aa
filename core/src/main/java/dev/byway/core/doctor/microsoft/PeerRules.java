package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.MicrosoftNeed;

/** What connecting to a neighbour says. Windows listens there only while it shares. */
public final class PeerRules {
    private PeerRules() {}

    /**
     * Judges it.
     *
     * @param peer as it was named; any text when nobody was
     */
    public static Result judge(String peer, PeerSeen seen) {
        return new Result(
                Check.MICROSOFT_PEER,
                seen instanceof PeerSeen.Unnamed ? "" : "connected to " + peer + ", TCP " + port(),
                finding(peer, seen));
    }

    private static Finding finding(String peer, PeerSeen seen) {
        return switch (seen) {
            case PeerSeen.Unnamed() ->
                new Finding.NotApplicable("no neighbour was named: byway doctor --system microsoft --peer HOST");
            case PeerSeen.Unresolved(String why) -> new Finding.Fail(why, "name an address: --peer 192.0.2.7");
            case PeerSeen.Connected() -> new Finding.Pass(peer + " takes connections");
            case PeerSeen.Refused() ->
                new Finding.Fail(
                        peer + " answers that nothing listens on TCP " + port() + " there",
                        "start its service (PowerShell there: Start-Service DoSvc) and see that its DODownloadMode is 1, 2 or 3");
            case PeerSeen.Silent(String why) ->
                new Finding.Fail(
                        why + ". Without it " + MicrosoftNeed.PEER_OUT.without(),
                        "let TCP " + port() + " out here and in at " + peer
                                + ", and let access points and switches between pass it");
        };
    }

    private static String port() {
        return MicrosoftNeed.PEER_OUT.port().label();
    }
}
