package dev.byway.cli.doctor;

import dev.byway.agent.OriginSetup;
import dev.byway.cli.command.Version;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Program;
import dev.byway.origin.OriginSettings;
import java.util.List;
import java.util.Optional;

/**
 * About Microsoft's Delivery Optimization: whether it can reach what it needs from here.
 *
 * @param peer a neighbour whose port is tried too
 */
record MicrosoftConsultation(Invocation invocation, Optional<PeerName> peer) implements Consultation {
    @Override
    public Diagnosis diagnose() throws InterruptedException {
        OriginSettings settings = OriginSetup.settings(
                invocation.settings(), invocation.surroundings().variables(), Version.text());
        return Doctor.diagnose(
                Program.MICROSOFT,
                List.of(
                        new MicrosoftServiceLook(settings),
                        new MicrosoftHttpLook(settings),
                        new MicrosoftPeerLook(peer),
                        new TeredoLook()));
    }
}
