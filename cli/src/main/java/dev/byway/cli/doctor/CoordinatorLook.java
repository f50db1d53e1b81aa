package dev.byway.cli.doctor;

import dev.byway.agent.fleet.CoordinatorTrial;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.CoordinatorRules;
import dev.byway.core.doctor.CoordinatorSeen;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.RouteRules;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.Settings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        DownloadMode mode = patient.settings().get(Settings.DOWNLOAD_MODE);
        if (!mode.allowsCoordinator()) {
            return CoordinatorRules.none("mode " + mode.code() + " asks no coordinator");
        }
        List<Result> results = new ArrayList<>(CoordinatorRules.judge(tried(fleet.get())));
        patient.examination().join().flatMap(Examination::fleet).ifPresent(said -> {
            results.addAll(CoordinatorRules.judge(said, Instant.now()));
            results.add(RouteRules.judge(said, mode, ownAddresses()));
        });
        return results;
    }

    private static List<CoordinatorSeen> tried(JoinedFleet fleet) {
        return fleet.urls().parallelStream()
                .map(url -> CoordinatorTrial.of(URI.create(url), fleet.authority(), InstantSource.system()))
                .toList();
    }

    private static Set<InetAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of(); // nothing is known, so nothing is expected
        }
    }
}
