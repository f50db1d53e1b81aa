package dev.byway.agent.download;

import dev.byway.core.account.Reason;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.PieceLayer;
import java.util.List;

/** What a URL turned out to be. */
sealed interface Resolution {
    /** A manifest that is believed and that the origin does not contradict. */
    record Published(Manifest manifest, PieceLayer layer, Envelope envelope, List<Reason> reasons)
            implements Resolution {}

    /** Nobody vouches for its content: from the origin alone. */
    record Plain(List<Reason> reasons) implements Resolution {}

    /** There is nothing to download. */
    record Impossible(List<Reason> reasons, String kind, String why) implements Resolution {}
}
