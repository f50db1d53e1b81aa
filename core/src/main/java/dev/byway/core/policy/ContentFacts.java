package dev.byway.core.policy;

import dev.byway.core.unit.DataSize;
import java.util.Optional;

/**
 * What the gates may know about the content.
 *
 * @param length when known
 * @param privateByRequest whether the request or the origin's answer makes it private
 * @param peersDeclined whether the caller asked for no peers
 * @param throughGateway whether it is named by its digest and asked for through the gateway
 */
public record ContentFacts(
        Optional<DataSize> length, boolean privateByRequest, boolean peersDeclined, boolean throughGateway) {
    /** Public content of unknown length. */
    public static final ContentFacts UNKNOWN = new ContentFacts(Optional.empty(), false, false, false);

    /** Public content of this length in bytes. */
    public static ContentFacts ofLength(long bytes) {
        return new ContentFacts(Optional.of(new DataSize(bytes)), false, false, false);
    }

    /** The same content, private or not. */
    public ContentFacts asPrivate(boolean yes) {
        return new ContentFacts(length, yes, peersDeclined, throughGateway);
    }

    /** The same content, for a caller who wants no peers, or does not mind. */
    public ContentFacts withPeersDeclined(boolean yes) {
        return new ContentFacts(length, privateByRequest, yes, throughGateway);
    }

    /** The same content, asked for through the gateway or not. */
    public ContentFacts asThroughGateway(boolean yes) {
        return new ContentFacts(length, privateByRequest, peersDeclined, yes);
    }
}
