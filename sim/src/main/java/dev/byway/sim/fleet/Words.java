package dev.byway.sim.fleet;

import dev.byway.core.swarm.DownloadEffect;
import dev.byway.core.swarm.SourceId;

/** What the rules decide, as people would say it. */
final class Words {
    private Words() {}

    static String of(DownloadEffect effect) {
        return switch (effect) {
            case DownloadEffect.Fetch fetch ->
                "asks %s for %d bytes at %d, as %d"
                        .formatted(
                                of(fetch.source()),
                                fetch.range().length(),
                                fetch.range().offset(),
                                fetch.transfer().number());
            case DownloadEffect.Trim trim ->
                "takes back %d from byte %d on".formatted(trim.transfer().number(), trim.end());
            case DownloadEffect.Commit commit -> "has proved piece " + commit.piece();
            case DownloadEffect.TellHave have ->
                "tells %s that it has %d pieces from %d on".formatted(of(have.peer()), have.count(), have.firstPiece());
            case DownloadEffect.TellIntent intent ->
                "tells %s that %s fetches piece %d, believe it for %d ms"
                        .formatted(
                                of(intent.peer()),
                                intent.relayed() ? "a neighbour" : "it",
                                intent.piece(),
                                intent.lease().toMillis());
            case DownloadEffect.Complain complain ->
                "complains to %s about piece %d".formatted(of(complain.peer()), complain.piece());
            case DownloadEffect.Ban ban -> "bans " + of(ban.source());
            case DownloadEffect.Explain explain ->
                "notes about %s: %s (%s)".formatted(explain.name(), explain.detail(), explain.code());
            case DownloadEffect.WakeAt wake ->
                "wakes at %d ms of its clock".formatted(wake.moment().nanos() / 1_000_000);
            case DownloadEffect.Done ignored -> "has everything";
            case DownloadEffect.Failed failed -> "fails: " + failed.why();
        };
    }

    private static String of(SourceId source) {
        if (source.equals(Receiving.ORIGIN)) {
            return "the origin";
        }
        return source.equals(Receiving.CACHE) ? "the cache" : "device " + SimLink.device(source);
    }
}
