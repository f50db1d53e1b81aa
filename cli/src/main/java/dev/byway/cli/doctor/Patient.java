package dev.byway.cli.doctor;

import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.IdentityException;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Examination;
import dev.byway.core.policy.EffectiveSettings;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The device that is looked at.
 *
 * @param which the content that somebody asked about, by URL, name or id
 * @param subject the download in question: that one, else the last
 * @param examination what its agent found out, once it has; empty when there is no agent
 */
record Patient(
        Invocation invocation,
        Optional<String> which,
        CompletableFuture<Optional<Report>> subject,
        CompletableFuture<Optional<Examination>> examination) {
    /** The settings of its agent; of this command when no agent runs. */
    EffectiveSettings settings() {
        return examination
                .join()
                .map(seen -> invocation.settings(seen.settings()))
                .orElseGet(invocation::settings);
    }

    /** The coordinator that it joined. */
    Optional<JoinedFleet> fleet() {
        try {
            return JoinedFleet.load(invocation.state());
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }

    /** Where that is. */
    Optional<URI> coordinator() {
        return fleet().flatMap(fleet -> fleet.urls().stream().findFirst()).map(URI::create);
    }
}
