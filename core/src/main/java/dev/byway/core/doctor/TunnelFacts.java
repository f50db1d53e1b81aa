package dev.byway.core.doctor;

import dev.byway.core.account.PlainText;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatKind.Prospect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the tunnel through NATs does, of late: the counts are those of the last minutes, so that an outage of yesterday is none of today.
 *
 * @param server the IPv4 address of the coordinator's Teredo server; empty text when it has none
 * @param secondAddress whether it has a second one
 * @param asked solicitations that were sent there
 * @param answered those that it answered
 * @param burst solicitations that were sent there at once, besides these
 * @param roundTrip how long the last answer took
 * @param elsewhere whence answers came that should have come from the server, if any did
 * @param mapped where the server sees this device, address and port; empty text while it does not answer
 * @param unnamed why the coordinator does not name this address to others; empty when it does
 * @param nat what this device's NAT was seen to do
 * @param meetings the devices that were to be met
 */
public record TunnelFacts(
        String server,
        boolean secondAddress,
        long asked,
        long answered,
        Burst burst,
        Optional<Duration> roundTrip,
        Optional<String> elsewhere,
        String mapped,
        Optional<String> unnamed,
        NatBehaviour nat,
        List<Meeting> meetings) {
    /** Of a device whose coordinator is no Teredo server. */
    public static final TunnelFacts NO_SERVER = new TunnelFacts(
            "",
            false,
            0,
            0,
            Burst.NONE,
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            NatBehaviour.UNKNOWN,
            List.of());

    public TunnelFacts {
        server = PlainText.of(server);
        elsewhere = elsewhere.map(PlainText::of);
        mapped = PlainText.of(mapped);
        unnamed = unnamed.map(PlainText::of);
        meetings = List.copyOf(meetings);
    }

    /**
     * Packets that were sent at once.
     *
     * @param sent 0 when there were none
     * @param answered of them
     */
    public record Burst(int sent, int answered) {
        /** None was sent. */
        public static final Burst NONE = new Burst(0, 0);
    }

    /**
     * A device of another site.
     *
     * @param device its name, for people
     * @param nat what its NAT does, as far as it is known
     * @param met whether a packet of it came through the tunnel
     */
    public record Meeting(String device, NatBehaviour nat, boolean met) {
        public Meeting {
            device = PlainText.of(device);
        }
    }

    /** Those that were missed although, or because, there is this prospect. */
    List<Meeting> missed(Prospect prospect) {
        return meetings.stream()
                .filter(one -> !one.met() && nat.kind().prospect(one.nat().kind()) == prospect)
                .toList();
    }

    long met() {
        return meetings.stream().filter(Meeting::met).count();
    }
}
