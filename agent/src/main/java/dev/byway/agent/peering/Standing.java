package dev.byway.agent.peering;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.policy.Refusal;
import java.util.Optional;

/**
 * What may go over a link at present.
 *
 * @param kind how near the peer is
 * @param taking why this device takes nothing from the peer; empty when it may
 * @param giving why it gives nothing to the peer; empty when it may
 */
record Standing(SourceKind kind, Optional<Refusal> taking, Optional<Refusal> giving) {
    /** Whether nothing may go either way. */
    boolean isShut() {
        return taking.isPresent();
    }

    /** Whether it is of no use to keep the link: what shuts it will not pass while it stands. */
    boolean isForGood() {
        return taking.map(Refusal::code)
                .filter(code -> code != ReasonCode.ON_VPN && code != ReasonCode.NOT_FOUND_LOCALLY)
                .isPresent();
    }
}
