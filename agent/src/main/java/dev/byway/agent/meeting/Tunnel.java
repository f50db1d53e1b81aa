package dev.byway.agent.meeting;

import dev.byway.core.fleet.TeredoVerdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The way through NATs, as the meeting knows it. Called by the meeting's own loop, not to be held up. */
public interface Tunnel {
    /** A device that has no such way. */
    Tunnel NONE = new Tunnel() {
        @Override
        public Optional<InetAddress> address() {
            return Optional.empty();
        }

        @Override
        public void told(List<InetAddress> servers, Optional<TeredoVerdict> verdict) {}
    };

    /** This device's Teredo address, once it has one and may use it. */
    Optional<InetAddress> address();

    /**
     * The coordinator has answered.
     *
     * @param servers where its Teredo servers are, the primary one first; may be none
     * @param verdict what became of the address that was announced; empty when none was
     */
    void told(List<InetAddress> servers, Optional<TeredoVerdict> verdict);
}
