package dev.byway.agent.download;

import dev.byway.core.account.Reason;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import java.util.List;
import java.util.Optional;

/** What a URL turned out to be. */
sealed interface Resolution {
    /**
     * A content whose pieces can be proved, and that the origin does not contradict.
     *
     * @param published who says so; empty where the user said it by hand
     */
    record Proved(PieceLayer layer, Optional<Signed> published, List<Reason> reasons) implements Resolution {
        /** What the origin's answers must agree with, as far as that is known. */
        Validators validators() {
            return published.map(signed -> signed.manifest().validators()).orElse(Validators.NONE);
        }

        /** Who may have it from peers. */
        Visibility visibility() {
            return published.map(signed -> signed.manifest().visibility()).orElseGet(Visibility.Public::new);
        }

        /** The digest of the whole file, as far as that is known. */
        Optional<Digest> sha256() {
            return published.map(signed -> signed.manifest().sha256());
        }
    }

    /** A manifest that is believed, and the envelope that it came in. */
    record Signed(Manifest manifest, Envelope envelope) {}

    /** Nobody vouches for its content: from the origin alone. */
    record Plain(List<Reason> reasons) implements Resolution {}

    /** There is nothing to download. */
    record Impossible(List<Reason> reasons, String kind, String why) implements Resolution {}
}
