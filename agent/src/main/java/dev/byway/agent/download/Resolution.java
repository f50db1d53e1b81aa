package dev.byway.agent.download;

import dev.byway.agent.peering.PeerLink;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.origin.Representation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a URL turned out to be. */
sealed interface Resolution {
    /**
     * A content whose pieces can be proved, and that the origin does not contradict.
     *
     * @param published who says so; empty where the user said it by hand
     * @param claim where nobody says so but a neighbour: then the whole has to be proved before any of it is used
     */
    record Proved(PieceLayer layer, Optional<Signed> published, Optional<Claim> claim, List<Reason> reasons)
            implements Resolution {
        /** The same, with what was told before it was known, but that nobody published it. */
        Proved because(List<Reason> before) {
            List<Reason> all = Stream.concat(
                            before.stream().filter(reason -> reason.code() != ReasonCode.NO_MANIFEST), reasons.stream())
                    .distinct()
                    .toList();
            return new Proved(layer, published, claim, all);
        }

        /** What the origin's answers must agree with, as far as that is known. */
        Validators validators() {
            return published
                    .map(signed -> signed.manifest().validators())
                    .or(() -> claim.map(Claim::validators))
                    .orElse(Validators.NONE);
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

    /**
     * Said by a neighbour: that a content is the file with a digest.
     *
     * @param sha256 that the whole has to have
     * @param validators of the file at the origin
     * @param sample pieces that came from the origin, and were those of the content, by their numbers
     * @param by who said so; empty where this device had found it itself before
     */
    record Claim(Digest sha256, Validators validators, Map<Integer, byte[]> sample, Optional<PeerLink> by) {
        public Claim {
            sample = Map.copyOf(sample);
        }
    }

    /** A manifest that is believed, and the envelope that it came in. */
    record Signed(Manifest manifest, Envelope envelope) {}

    /**
     * Nobody vouches for any part of it.
     *
     * @param head what the origin says about it, asked for meanwhile: may wait for that, a bounded time
     */
    record Plain(List<Reason> reasons, Supplier<Optional<Representation>> head) implements Resolution {
        /** Whether the coordinator is finding out what it is. */
        boolean isBeingLearned() {
            return reasons.stream().anyMatch(reason -> reason.code() == ReasonCode.BEING_LEARNED);
        }

        /** Of which nothing is known, and nothing was asked. */
        static Plain unknown(List<Reason> reasons) {
            return new Plain(reasons, Optional::empty);
        }
    }

    /** There is nothing to download. */
    record Impossible(List<Reason> reasons, String kind, String why) implements Resolution {}
}
