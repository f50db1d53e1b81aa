package dev.byway.core.content;

import dev.byway.core.content.Evidence.CoordinatorAnswer;
import dev.byway.core.content.Evidence.DigestStatement;
import dev.byway.core.content.Evidence.GivenFile;
import dev.byway.core.content.Evidence.GivenLayer;
import dev.byway.core.content.Evidence.PeerLayer;
import dev.byway.core.content.Evidence.PeerManifest;
import dev.byway.core.content.Evidence.Sidecar;
import dev.byway.core.content.Evidence.UserDigest;
import dev.byway.core.content.Verdict.AcceptedDigest;
import dev.byway.core.content.Verdict.AcceptedLayer;
import dev.byway.core.content.Verdict.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom to believe about "this URL is that content". The one place that decides it.
 *
 * <table>
 * <caption>What each kind of evidence needs</caption>
 * <tr><th>evidence</th><th>believed when</th></tr>
 * <tr><td>coordinator</td><td>the channel is authenticated, and a key of the fleet's list signed</td></tr>
 * <tr><td>sidecar</td><td>it lies beside the requested URL, and every hop to it was HTTPS at the same origin; the
 *     signature holds</td></tr>
 * <tr><td>digest at the origin</td><td>as a sidecar; there is no signature</td></tr>
 * <tr><td>file given by hand</td><td>a key in {@code trust.publishers} or {@code --key} signed</td></tr>
 * <tr><td>digest or torrent given by hand</td><td>always: it is the user's word</td></tr>
 * <tr><td>manifest from a peer</td><td>never for a URL; for a trusted id or digest, when any believed key signed</td></tr>
 * <tr><td>piece layer from a peer</td><td>for a trusted id that it proves itself against</td></tr>
 * </table>
 *
 * <p><b>Sidecars and keys.</b> Whoever can put a sidecar beside a file could also change the file, so TLS and the place vouch
 * for it, not the key: the signature is checked with the key that the envelope carries (or a known one), which finds damage
 * and lets the same envelope be believed elsewhere by those who know the key. {@code trust.publishers} does not narrow this:
 * it lists whom to believe where no origin vouches, and adding a key must never take a right away.
 *
 * <p><b>Peers.</b> A peer's manifest for a trusted id still tells the file's name, its visibility and its URLs, which the id
 * does not prove; and for a trusted digest it tells the tree, which nothing proves before the last byte. So it needs a
 * believed key in both cases. Pieces and layers prove themselves and need none.
 *
 * <p><b>Time.</b> Clocks of devices may be {@link #CLOCK_ALLOWANCE} off. Issued is when it was signed: a statement older than
 * one that was accepted before is a replay, whoever sends it; one from the future is refused, since it would make every
 * honest one look like a replay.
 */
public final class Trust {
    /** How far a device's clock may be off. */
    public static final Duration CLOCK_ALLOWANCE = Duration.ofDays(1);

    private Trust() {}

    /** Judges one piece of evidence. The same arguments give the same verdict; never throws for what the evidence says. */
    public static Verdict judge(Evidence evidence, Question question) {
        TrustedKeys keys = question.keys();
        return switch (evidence) {
            case CoordinatorAnswer answer -> coordinator(answer, question);
            case Sidecar sidecar -> sidecar(sidecar, question);
            case DigestStatement statement -> digest(statement, question);
            case GivenFile given -> SignedStatement.judge(given.envelope(), keys.own(), question);
            case UserDigest digest -> new AcceptedDigest(digest.sha256());
            case GivenLayer given -> new AcceptedLayer(given.layer());
            case PeerManifest manifest -> peerManifest(manifest, question);
            case PeerLayer layer -> peerLayer(layer, question);
        };
    }

    private static Verdict coordinator(CoordinatorAnswer answer, Question question) {
        if (!answer.authenticatedChannel()) {
            return new Refused(
                    Refusal.CHANNEL_NOT_AUTHENTICATED,
                    "the coordinator did not prove that it is the fleet's: join the fleet again");
        }
        return question.subject() instanceof Subject.Unstated
                ? unstated()
                : SignedStatement.judge(answer.envelope(), question.keys().fleet(), question);
    }

    private static Verdict sidecar(Sidecar sidecar, Question question) {
        if (!(question.subject() instanceof Subject.Url(URI url))) {
            return unstated();
        }
        List<PublisherKey> keys = new ArrayList<>(question.keys().all());
        keys.addAll(sidecar.envelope().carriedKeys());
        Optional<Verdict> refused = OriginVouching.refusal(url, SidecarUrls.manifest(url), sidecar.hops());
        return refused.orElseGet(() -> SignedStatement.judge(sidecar.envelope(), keys, question));
    }

    private static Verdict digest(DigestStatement statement, Question question) {
        if (!(question.subject() instanceof Subject.Url(URI url))) {
            return unstated();
        }
        Optional<Verdict> refused =
                OriginVouching.refusal(url, statement.place().of(url), statement.hops());
        return refused.orElseGet(() -> new AcceptedDigest(statement.sha256()));
    }

    private static Verdict peerManifest(PeerManifest manifest, Question question) {
        return switch (question.subject()) {
            case Subject.Url _, Subject.Unstated _ -> peerNamesContent();
            case Subject.Id _, Subject.WholeFile _ ->
                SignedStatement.judge(manifest.envelope(), question.keys().all(), question);
        };
    }

    private static Verdict peerLayer(PeerLayer offer, Question question) {
        if (!(question.subject() instanceof Subject.Id(ContentId id))) {
            return peerNamesContent();
        }
        try {
            return new AcceptedLayer(PieceLayer.prove(id, offer.layout(), offer.pieces()));
        } catch (UntrustedContentException e) {
            return new Refused(Refusal.UNPROVED, e.getMessage());
        }
    }

    private static Refused unstated() {
        return new Refused(
                Refusal.WRONG_SUBJECT,
                "an origin speaks about its URLs only, and only a file given by hand may say itself what it is about");
    }

    private static Refused peerNamesContent() {
        return new Refused(
                Refusal.PEER_NAMES_CONTENT,
                "a peer may add to an id or digest that is trusted already, never name a content");
    }
}
