package dev.byway.agent.link;

import java.util.Optional;

/** What came of listening. */
public sealed interface ListenResult {
    /** Peers can dial this device. */
    record Listening(LinkListener listener) implements ListenResult {}

    /**
     * Another program has the port. No reason to stop: this device dials out only.
     *
     * @param holder who has it, for people, when the system tells
     */
    record PortTaken(int port, Optional<String> holder) implements ListenResult {}

    /** The address or port cannot be used for another reason: not this machine's, or not permitted. */
    record Unusable(String detail) implements ListenResult {}
}
