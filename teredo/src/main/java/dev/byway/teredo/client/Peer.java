package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of one peer (RFC 4380 section 5.2, RFC 6081 section 5.2.1). */
final class Peer {
    static final Moment NEVER = new Moment(Long.MAX_VALUE);

    private final TeredoAddress address;
    private final Budget answers;
    private final Budget echoes;
    private Optional<UdpAddress> mapping = Optional.empty();
    private Moment heard;
    private boolean wanted;
    private Optional<Duration> patience = Optional.empty();
    private Moment nextTry = NEVER;
    private int tries;
    private int nonceSent;
    private int nonceReceived;

    /** Its right to a place in the table; the more, the later it is given up. */
    enum Claim {
        /** Somebody used its name. */
        NAMED,
        /** It is where it says. */
        PROVED,
        /** We want it ourselves. */
        WANTED
    }

    Peer(TeredoAddress address, ClientLimits limits, Moment now) {
        this.address = address;
        this.answers = new Budget(limits.answering().bubbles());
        this.echoes = new Budget(limits.answering().echoes());
        this.heard = now;
    }

    TeredoAddress address() {
        return address;
    }

    Claim claim() {
        return wanted || isKept() ? Claim.WANTED : mapping.isPresent() ? Claim.PROVED : Claim.NAMED;
    }

    /** Where it was found to be; empty when it was not. */
    Optional<UdpAddress> mapping() {
        return mapping;
    }

    /** Where a direct bubble to it goes: where it was found, else where its address says. */
    UdpAddress likely() {
        return mapping.orElse(address.mapped());
    }

    Moment heard() {
        return heard;
    }

    boolean isFresh(ClientLimits limits, Moment now) {
        return mapping.isPresent() && now.isBefore(heard.plus(limits.keeping().fresh()));
    }

    /** It is there; whether that is news, or was waited for. */
    boolean foundAt(UdpAddress there, Moment now) {
        boolean news = wanted || !mapping.equals(Optional.of(there));
        mapping = Optional.of(there);
        heard = now;
        rest();
        return news;
    }

    private void rest() {
        wanted = false;
        nextTry = NEVER;
        tries = 0;
    }

    /** A way is wanted; tries begin now if there are none already. */
    void want(Moment now) {
        wanted = true;
        if (nextTry.equals(NEVER)) {
            nextTry = now;
        }
    }

    boolean isWanted() {
        return wanted;
    }

    /** The way stays open; after so long a silence it is asked for a sign of life. */
    void keep(Duration silence) {
        patience = Optional.of(silence);
    }

    void release() {
        patience = Optional.empty();
        if (!wanted) {
            rest();
        }
    }

    boolean isKept() {
        return patience.isPresent();
    }

    /** Whether tries are being made. */
    boolean isSought() {
        return !nextTry.equals(NEVER);
    }

    /** When it is to be tried, for the first time or again. */
    Moment nextTry() {
        return isSought() ? nextTry : patience.map(heard::plus).orElse(NEVER);
    }

    /** One more try; its number, or 0 when there have been enough. */
    int tryAgain(ClientLimits.Opening opening, Moment now) {
        if (tries >= opening.tries()) {
            return 0;
        }
        tries++;
        nextTry = now.plus(opening.gap());
        return tries;
    }

    /** It does not answer: where it was says nothing any more. */
    void giveUp() {
        rest();
        patience = Optional.empty();
        mapping = Optional.empty();
    }

    boolean mayAnswer(Moment now) {
        return answers.take(now);
    }

    boolean mayEcho(Moment now) {
        return echoes.take(now);
    }

    /** Section 5.2.4.1: a new one for each indirect bubble. */
    List<Trailer> newNonce(int nonce) {
        nonceSent = nonce;
        return List.of(new Trailer.Nonce(nonce));
    }

    void received(Optional<Trailer.Nonce> nonce) {
        nonceReceived = nonce.map(Trailer.Nonce::value).orElse(0);
    }

    /** Section 5.2.4.2: the one it sent, if it did. */
    List<Trailer> itsNonce() {
        return nonceReceived == 0 ? List.of() : List.of(new Trailer.Nonce(nonceReceived));
    }

    /** Section 5.2.4.4: whether this proves that it got our last indirect bubble. */
    boolean proves(Optional<Trailer.Nonce> nonce) {
        return nonceSent != 0
                && nonce.filter(given -> given.value() == nonceSent).isPresent();
    }
}
