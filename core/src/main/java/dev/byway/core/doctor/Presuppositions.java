package dev.byway.core.doctor;

import static dev.byway.core.doctor.Check.AGENT;
import static dev.byway.core.doctor.Check.BATTERY;
import static dev.byway.core.doctor.Check.CACHE;
import static dev.byway.core.doctor.Check.CERTIFICATE;
import static dev.byway.core.doctor.Check.CLOCK;
import static dev.byway.core.doctor.Check.CONTENT_SIZE;
import static dev.byway.core.doctor.Check.COORDINATOR_NAME;
import static dev.byway.core.doctor.Check.COORDINATOR_TCP;
import static dev.byway.core.doctor.Check.COORDINATOR_TLS;
import static dev.byway.core.doctor.Check.CREDENTIAL;
import static dev.byway.core.doctor.Check.DIAL_IN;
import static dev.byway.core.doctor.Check.DIAL_OUT;
import static dev.byway.core.doctor.Check.DISCOVERY;
import static dev.byway.core.doctor.Check.DISK_SIZE;
import static dev.byway.core.doctor.Check.DISK_SPEED;
import static dev.byway.core.doctor.Check.FIREWALL;
import static dev.byway.core.doctor.Check.GROUP;
import static dev.byway.core.doctor.Check.HOLDERS;
import static dev.byway.core.doctor.Check.ISOLATION;
import static dev.byway.core.doctor.Check.LIMITS;
import static dev.byway.core.doctor.Check.MEMORY;
import static dev.byway.core.doctor.Check.METERED;
import static dev.byway.core.doctor.Check.MICROSOFT_HTTP;
import static dev.byway.core.doctor.Check.MICROSOFT_NAMES;
import static dev.byway.core.doctor.Check.MICROSOFT_RANGES;
import static dev.byway.core.doctor.Check.MICROSOFT_TCP;
import static dev.byway.core.doctor.Check.MICROSOFT_TEREDO;
import static dev.byway.core.doctor.Check.MICROSOFT_TLS;
import static dev.byway.core.doctor.Check.MODE;
import static dev.byway.core.doctor.Check.ORIGIN;
import static dev.byway.core.doctor.Check.PATH_MTU;
import static dev.byway.core.doctor.Check.PORT;
import static dev.byway.core.doctor.Check.PROXY;
import static dev.byway.core.doctor.Check.PUBLIC_ADDRESS;
import static dev.byway.core.doctor.Check.RANGES;
import static dev.byway.core.doctor.Check.RESTRICTION;
import static dev.byway.core.doctor.Check.ROUTE_IN;
import static dev.byway.core.doctor.Check.SERVICE;
import static dev.byway.core.doctor.Check.SUBNET;
import static dev.byway.core.doctor.Check.TEREDO_NAT;
import static dev.byway.core.doctor.Check.TEREDO_PEERS;
import static dev.byway.core.doctor.Check.TEREDO_SERVER;
import static dev.byway.core.doctor.Check.UPLOAD_CAP;
import static dev.byway.core.doctor.Check.VERSION;
import static dev.byway.core.doctor.Check.VPN;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which check means something only when which others are right. When one of these has failed, a finding says nothing new: so
 * one fault is one failure.
 */
final class Presuppositions {
    private static final Map<Check, Set<Check>> DIRECT = Map.ofEntries(
            Map.entry(AGENT, Set.of(SERVICE)),
            Map.entry(VERSION, Set.of(AGENT)),
            Map.entry(CACHE, Set.of(AGENT)),
            Map.entry(DISK_SPEED, Set.of(CACHE)),
            Map.entry(LIMITS, Set.of(AGENT)),
            Map.entry(MODE, Set.of(AGENT)),
            Map.entry(MEMORY, Set.of(MODE)),
            Map.entry(DISK_SIZE, Set.of(MODE)),
            Map.entry(VPN, Set.of(MODE)),
            Map.entry(METERED, Set.of(MODE)),
            Map.entry(BATTERY, Set.of(MODE)),
            Map.entry(SUBNET, Set.of(MODE)),
            Map.entry(RESTRICTION, Set.of(SUBNET)),
            Map.entry(UPLOAD_CAP, Set.of(MODE)),
            Map.entry(PORT, Set.of(MODE, MEMORY, DISK_SIZE)),
            Map.entry(FIREWALL, Set.of(MODE, MEMORY, DISK_SIZE)),
            Map.entry(COORDINATOR_TCP, Set.of(COORDINATOR_NAME, FIREWALL)),
            Map.entry(CLOCK, Set.of(COORDINATOR_TCP)),
            Map.entry(PATH_MTU, Set.of(FIREWALL)),
            Map.entry(COORDINATOR_TLS, Set.of(COORDINATOR_TCP, CLOCK, PATH_MTU)),
            Map.entry(CREDENTIAL, Set.of(COORDINATOR_TLS)),
            Map.entry(CERTIFICATE, Set.of(CREDENTIAL)),
            Map.entry(PUBLIC_ADDRESS, Set.of(CREDENTIAL)),
            Map.entry(ISOLATION, Set.of(FIREWALL, CREDENTIAL)),
            Map.entry(DISCOVERY, Set.of(ISOLATION, RESTRICTION)),
            Map.entry(DIAL_OUT, Set.of(ISOLATION, PATH_MTU, CLOCK, PUBLIC_ADDRESS)),
            Map.entry(DIAL_IN, Set.of(PORT, RESTRICTION, ISOLATION, PATH_MTU, CLOCK, PUBLIC_ADDRESS)),
            Map.entry(ROUTE_IN, Set.of(PORT, FIREWALL, CREDENTIAL)),
            Map.entry(GROUP, Set.of(CREDENTIAL)),
            Map.entry(TEREDO_SERVER, Set.of(MODE, FIREWALL, CREDENTIAL)),
            Map.entry(TEREDO_NAT, Set.of(TEREDO_SERVER)),
            Map.entry(TEREDO_PEERS, Set.of(TEREDO_SERVER)),
            Map.entry(PROXY, Set.of(FIREWALL)),
            Map.entry(ORIGIN, Set.of(PROXY, CLOCK, PATH_MTU)),
            Map.entry(RANGES, Set.of(ORIGIN)),
            Map.entry(CONTENT_SIZE, Set.of(MODE)),
            Map.entry(HOLDERS, Set.of(CREDENTIAL, PUBLIC_ADDRESS, GROUP, CONTENT_SIZE)),
            Map.entry(MICROSOFT_TCP, Set.of(MICROSOFT_NAMES)),
            Map.entry(MICROSOFT_TLS, Set.of(MICROSOFT_TCP)),
            Map.entry(MICROSOFT_HTTP, Set.of(MICROSOFT_NAMES)),
            Map.entry(MICROSOFT_RANGES, Set.of(MICROSOFT_HTTP)),
            Map.entry(MICROSOFT_TEREDO, Set.of(MICROSOFT_NAMES)));

    private Presuppositions() {}

    /** Those that it presupposes itself. */
    static Set<Check> direct(Check check) {
        return DIRECT.getOrDefault(check, Set.of());
    }

    /** All that has to be right for {@code check} to mean anything, directly or not. */
    static Set<Check> of(Check check) {
        Set<Check> all = EnumSet.noneOf(Check.class);
        for (Check before : direct(check)) {
            all.add(before);
            all.addAll(of(before));
        }
        return all;
    }
}
