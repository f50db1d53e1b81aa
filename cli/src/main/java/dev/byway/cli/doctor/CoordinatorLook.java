package dev.byway.cli.doctor;

import dev.byway.agent.fleet.CoordinatorTrial;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.CoordinatorRules;
import dev.byway.core.doctor.Result;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.Settings;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way to the coordinator, step by step. */
record CoordinatorLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(
                Check.COORDINATOR_NAME,
                Check.COORDINATOR_TCP,
                Check.CLOCK,
                Check.COORDINATOR_TLS,
                Check.CREDENTIAL,
                Check.CERTIFICATE,
                Check.ROUTE_IN);
    }

    @Override
    public List<Result> look() {
        Optional<JoinedFleet> fleet = patient.fleet();
        if (fleet.isEmpty()) {
            return CoordinatorRules.none("this device has joined no fleet");
        }
        List<Result> results = new ArrayList<>(CoordinatorRules.judge(CoordinatorTrial.of(
                URI.create(fleet.get().urls().getFirst()), fleet.get().authority(), InstantSource.system())));
        DownloadMode mode = patient.settings().get(Settings.DOWNLOAD_MODE);
        if (!mode.allowsCoordinator()) {
            return CoordinatorRules.none("mode " + mode.code() + " asks no coordinator");
        }
        patient.examination()
                .join()
                .flatMap(seen -> seen.fleet())
                .ifPresent(said -> results.addAll(CoordinatorRules.judge(said, Instant.now())));
        return results;
    }
}
