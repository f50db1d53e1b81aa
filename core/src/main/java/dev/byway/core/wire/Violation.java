package dev.byway.core.wire;

/**
 * A frame that its sender was not allowed to send at that point. The link is closed, the sender is at fault.
 *
 * @param rule which rule was broken
 * @param detail the frame and what it broke, for a log
 */
public record Violation(Rule rule, String detail) {
    /** The rules of {@code docs/protocol.md} on the order of frames. */
    public enum Rule {
        /** {@link Frame.Hello} comes first. */
        HELLO_FIRST,
        /** {@link Frame.Hello} comes once. */
        HELLO_ONCE,
        /** Nothing comes after {@link Frame.Bye}. */
        NOTHING_AFTER_BYE,
        /** A channel is used after {@link Frame.Open} and before {@link Frame.Close}. */
        CHANNEL_OPEN,
        /** {@link Frame.Open} takes a number that is not in use. */
        CHANNEL_FREE,
        /** At most {@link WireLimits#CHANNELS} are open. */
        CHANNEL_LIMIT,
        /** A content is open once. */
        CONTENT_ONCE,
        /** {@link Frame.Bitfield} comes at most once and before any other frame on its channel. */
        BITFIELD_FIRST,
        /** A bitfield, piece or range lies within the content, a request within one piece. */
        WITHIN_CONTENT,
        /** A request takes a number that is not in flight. */
        REQUEST_FREE,
        /** At most {@link WireLimits#REQUESTS} are in flight. */
        REQUEST_LIMIT,
        /** An answer belongs to a request in flight, of the same kind. */
        ANSWER_ASKED,
        /** Answers come in order, without gaps, and not beyond what was asked. */
        ANSWER_FITS,
        /** Cheap frames keep to their {@link Allowance}. */
        ALLOWANCE
    }
}
