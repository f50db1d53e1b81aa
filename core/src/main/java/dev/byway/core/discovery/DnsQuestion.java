package dev.byway.core.discovery;

/**
 * A question of class IN.
 *
 * @param name about what
 * @param type a {@link DnsType}, or any other number below 65536
 * @param unicast whether an answer by unicast would do (RFC 6762 section 5.4)
 */
public record DnsQuestion(DnsName name, int type, boolean unicast) {
    /** Whether records of {@code wanted} answer it. */
    boolean asksFor(int wanted) {
        return type == wanted || type == DnsType.ANY;
    }
}
