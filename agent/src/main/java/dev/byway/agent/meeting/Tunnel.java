package dev.byway.agent.meeting;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.fleet.TeredoVerdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The way through NATs, as the meeting knows it. Called by the meeting's own loop, not to be held up. */
public interface Tunnel {
    /** Where this device is met, once it may be. */
    Optional<TeredoEndpoint> endpoint();

    /** A device may be met there. */
    void offered(DeviceId device, TeredoEndpoint there);

    /**
     * The coordinator has answered.
     *
     * @param servers where its Teredo servers are, the primary one first; may be none
     * @param verdict what became of the endpoint that was announced; empty when none was
     */
    void told(List<InetAddress> servers, Optional<TeredoVerdict> verdict);
}
