package dev.byway.coordinator.teredo;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.fleet.FilteringAnswer;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The coordinator as a witness of where devices are: it vouches for a Teredo address only when it has seen both halves of it
 * itself. Any thread.
 *
 * <p>The reason: who is named a Teredo address sends bubbles to the mapping in it. Were a device believed, it could name a victim
 * and have 20,000 others do that. That the mapping solicited is no proof, for the source of a UDP datagram can be forged; the
 * other end of a TLS connection cannot. So the address has to be that of the device's own connection, and what is left of the
 * attack is aimed at the attacker. The price: a device that calls the coordinator through a proxy, by IPv6, or from another
 * address of its provider's than that of its UDP is not named. Providers that have many keep one for each customer (RFC 4787
 * section 4.1, RFC 6888 REQ-2).
 */
public final class Witness {
    private final Optional<MappingServer> server;

    private Witness(Optional<MappingServer> server) {
        this.server = server;
    }

    /** Of what comes to this server; of nothing when there is none. */
    public static Witness of(Optional<TeredoService> server) {
        return new Witness(server.map(service -> service));
    }

    static Witness of(MappingServer server) {
        return new Witness(Optional.of(server));
    }

    /** Where devices find the Teredo server, the primary address first; empty when there is none. */
    public List<InetAddress> servers() {
        return server.map(MappingServer::advertised).orElse(List.of());
    }

    /**
     * What can be said of a device's Teredo address.
     *
     * @param address of 2001::/32
     * @param observed where the device's connection comes from
     */
    public TeredoVerdict judge(InetAddress address, InetAddress observed) {
        TeredoAddress teredo = teredo(address);
        if (server.isEmpty()) {
            return TeredoVerdict.NO_SERVER;
        }
        if (teredo.server() != UdpAddress.number(servers().getFirst())) {
            return TeredoVerdict.OTHER_SERVER;
        }
        boolean own = observed instanceof Inet4Address
                && UdpAddress.number(observed) == teredo.mapped().address();
        if (!own || !teredo.mapped().isGlobal()) {
            return TeredoVerdict.OTHER_ADDRESS;
        }
        return server.get()
                .solicited(teredo.mapped())
                .map(known -> known ? TeredoVerdict.TAKEN : TeredoVerdict.NOT_SOLICITED)
                .orElse(TeredoVerdict.BUSY);
    }

    /**
     * Sends the bubble that is asked for, if the coordinator vouches for the address.
     *
     * @param observed where the device's connection comes from
     * @throws RefusedException when this machine cannot send
     */
    public FilteringAnswer filtering(FilteringRequest request, InetAddress observed) {
        TeredoVerdict verdict = judge(request.teredo(), observed);
        if (server.isEmpty() || verdict != TeredoVerdict.TAKEN) {
            return new FilteringAnswer(verdict, Optional.empty());
        }
        TeredoAddress to = teredo(request.teredo());
        ByteString bubble = TeredoPacket.bubble(
                        RouterAdvertisement.linkLocal(to.server()),
                        to.ip6(),
                        List.of(new Trailer.Nonce(request.nonce())))
                .encode();
        try {
            return new FilteringAnswer(verdict, Optional.of(server.get().sendFromAnotherPort(to.mapped(), bubble)));
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.Reason.UNAVAILABLE, "the coordinator could not send the bubble: " + e.getMessage());
        }
    }

    private static TeredoAddress teredo(InetAddress address) {
        return TeredoAddress.of(Ip6.of(address))
                .orElseThrow(() -> new IllegalArgumentException("not a Teredo address: " + address));
    }
}
