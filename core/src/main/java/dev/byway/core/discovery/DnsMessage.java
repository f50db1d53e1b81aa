package dev.byway.core.discovery;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A multicast DNS message: a query or a response, with opcode and response code zero (RFC 6762 section 18).
 *
 * @param response whether it answers
 * @param questions what is asked; a response should have none
 * @param answers what is said, or in a query what the asker knows already (RFC 6762 section 7.1)
 * @param additionals what goes with it
 */
public record DnsMessage(
        boolean response, List<DnsQuestion> questions, List<DnsRecord> answers, List<DnsRecord> additionals) {
    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        additionals = List.copyOf(additionals);
    }

    static DnsMessage query(List<DnsQuestion> questions, List<DnsRecord> known) {
        return new DnsMessage(false, questions, known, List.of());
    }

    static DnsMessage response(List<DnsRecord> answers) {
        return new DnsMessage(true, List.of(), answers, List.of());
    }

    /**
     * The message in the rest of {@code packet}, which is left as it is. Records of other types and classes are passed
     * over, and so is the authority section.
     *
     * @throws MalformedDnsException when it is none, or goes beyond one of {@link DiscoveryLimits}
     */
    public static DnsMessage decode(ByteBuffer packet) {
        return new DnsReader(packet).message();
    }

    /**
     * The message as it is sent, names compressed.
     *
     * @throws IllegalArgumentException when it does not fit {@link DiscoveryLimits#PACKET}
     */
    public ByteString encode() {
        return new DnsWriter().message(this);
    }

    boolean asksFor(DnsName name, int type) {
        return questions.stream().anyMatch(question -> question.name().equals(name) && question.asksFor(type));
    }

    /** What the pointers of {@code name} among the answers point to. */
    Set<DnsName> targetsOf(DnsName name) {
        Set<DnsName> targets = new HashSet<>();
        for (DnsRecord record : answers) {
            if (record instanceof DnsRecord.Ptr ptr && ptr.name().equals(name)) {
                targets.add(ptr.target());
            }
        }
        return targets;
    }

    /** Answers and additionals. */
    Stream<DnsRecord> records() {
        return Stream.concat(answers.stream(), additionals.stream());
    }
}
