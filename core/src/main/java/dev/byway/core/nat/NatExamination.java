package dev.byway.core.nat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How far it has been found out whom the NAT in front of a device lets in. Immutable.
 *
 * <p>A packet that comes proves that the NAT lets such in; that one does not come may be an accident, and is believed after {@link
 * #TRIES}. Another address has another NAT, or the same one restarted, and is examined anew.
 *
 * @param address where the device is met, which is what is examined; empty before it is met anywhere
 * @param tries made
 * @param isOver whether what the NAT filters is known as well as it will be
 */
public record NatExamination(Optional<InetAddress> address, int tries, boolean isOver) {
    /** After so many tries without a packet the NAT is taken to filter. */
    public static final int TRIES = 3;

    /** How long one try waits for its packets. */
    public static final Duration TRY = Duration.ofSeconds(6);

    /** Of a device that is met nowhere yet. */
    public static final NatExamination NONE = new NatExamination(Optional.empty(), 0, false);

    /** The examination that begins because the device is met there; empty when that is no news. */
    public Optional<NatExamination> begun(Optional<InetAddress> there) {
        return there.isPresent() && !there.equals(address)
                ? Optional.of(new NatExamination(there, 0, false))
                : Optional.empty();
    }

    /** After one try more, when this is what the NAT was seen to filter so far. */
    public NatExamination after(NatFiltering seen) {
        return new NatExamination(address, tries + 1, tries + 1 >= TRIES || isProved(seen));
    }

    /** Of what was seen of the NAT, what is known for sure. */
    public NatKind kind(NatBehaviour seen) {
        return isOver || isProved(seen.filtering()) ? seen.kind() : new NatKind(seen.mapping(), NatFiltering.UNKNOWN);
    }

    private static boolean isProved(NatFiltering seen) {
        return switch (seen) {
            case ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT -> true;
            case ADDRESS_AND_PORT_DEPENDENT, UNKNOWN -> false;
        };
    }
}
