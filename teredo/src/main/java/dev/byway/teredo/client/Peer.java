package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.Allowance;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.util.List;
import java.util.Optional;

/** What is known of one peer (RFC 4380 section 5.2, RFC 6081 section 5.2.1). */
final class Peer {
    static final Moment NEVER = new Moment(Long.MAX_VALUE);

    private final TeredoAddress address;
    private Optional<UdpAddress> mapping = Optional.empty();
    private Moment heard;
    private Moment answersFull;
    private Moment nextTry = NEVER;
    private int tries;
    private int nonceSent;
    private int nonceReceived;

    Peer(TeredoAddress address, Moment now) {
        this.address = address;
        this.heard = now;
        this.answersFull = now;
    }

    TeredoAddress address() {
        return address;
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
        return mapping.isPresent() && now.isBefore(heard.plus(limits.fresh()));
    }

    /** It is there; whether that is news. */
    boolean foundAt(UdpAddress there, Moment now) {
        boolean news = !mapping.equals(Optional.of(there));
        mapping = Optional.of(there);
        heard = now;
        nextTry = NEVER;
        tries = 0;
        return news;
    }

    /** Something came from it. */
    void heard(Moment now) {
        heard = now;
    }

    /** Tries begin, now. */
    void seek(Moment now) {
        tries = 0;
        nextTry = now;
    }

    Moment nextTry() {
        return nextTry;
    }

    /** One more try; whether it may be made. */
    boolean tryAgain(ClientLimits limits, Moment now) {
        if (tries >= limits.tries()) {
            nextTry = NEVER;
            return false;
        }
        tries++;
        nextTry = now.plus(limits.bubbleGap());
        return true;
    }

    boolean mayAnswer(Allowance allowance, Moment now) {
        if (!allowance.fits(answersFull, now)) {
            return false;
        }
        answersFull = allowance.after(answersFull, now);
        return true;
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
