package dev.byway.teredo.packet;

/** Why a packet was dropped: the rules that wrong, truncated, spoofed and replayed packets break, each with its section. */
public enum Rule {
    ENCAPSULATION(
            "RFC 4380 5.1.1", "no authentication, origin indication or IPv6 packet in the order that is laid down"),
    LENGTH("RFC 6081 4", "the IPv6 packet is longer than what holds it"),
    TOO_LONG("RFC 4380 5.1.2", "longer than the MTU of Teredo, with all that may stand around the IPv6 packet"),
    TRAILER("RFC 6081 5.1.2", "a trailer that is not known and says that the packet is to be dropped then"),
    NOT_FOR_SERVERS("RFC 4380 5.3.1 (2)", "neither a bubble nor a router solicitation"),
    SOURCE_NOT_GLOBAL("RFC 4380 5.3.1 (3)", "sent from an address that is not global unicast"),
    SOLICITATION("RFC 4380 5.3.1 (4)", "no valid router solicitation"),
    SOURCE_MISMATCH("RFC 4380 5.3.1 (5)", "the Teredo address it comes from is another's"),
    OTHER_SERVER("RFC 4380 5.3.1 (6)", "for a client of another server"),
    NOT_SOLICITED("design section 7", "for a mapping that solicited nothing in the last five minutes"),
    UNAUTHENTICATED(
            "design section 7",
            "a solicitation without authentication: shorter than half of its answer, and anybody could forge that"),
    ONE_ADDRESS("RFC 4380 5.3.2", "to be answered from another address, and there is none"),
    TOO_OFTEN("design section 7", "more than one source, or all together, may ask for"),
    NOT_FOR_US("RFC 4380 5.2.3", "for another address"),
    NOT_EXPECTED("RFC 4380 5.2.1", "an advertisement that nobody waits for"),
    NONCE("RFC 4380 5.2.2", "an advertisement without the nonce of the solicitation"),
    ELSEWHERE("RFC 4380 5.2.1", "an answer from another address than was asked"),
    ADVERTISEMENT("RFC 4380 5.2.1", "no valid advertisement of a Teredo prefix of that server"),
    MAPPING(
            "RFC 6081 5.2.4.4",
            "from another mapping than its address says, and without the nonce that was sent to it"),
    PEER_MAPPING("RFC 4380 5.2.3 (1)", "data from elsewhere than where its sender was found"),
    NOT_A_PEER("RFC 4380 5.2.3 (6)", "from somebody who is no Teredo client"),
    DESTINATION_NOT_GLOBAL("RFC 4380 5.2.4", "an answer would go to an address that is not global unicast"),
    TOO_MANY_PEERS("RFC 4380 5.2", "no place for one more peer"),
    OFFLINE("RFC 4380 5.2.3", "before the client has an address");

    private final String section;
    private final String meaning;

    Rule(String section, String meaning) {
        this.section = section;
        this.meaning = meaning;
    }

    /** Where it is laid down. */
    public String section() {
        return section;
    }

    /** What is wrong with the packet. */
    public String meaning() {
        return meaning;
    }
}
