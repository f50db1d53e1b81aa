package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.util.List;
import java.util.Optional;

/**
 * A program that brings files to devices, for one run in an office of its own. What it starts there, the office kills. A
 * download is done when the program itself says so: see {@link Stamps}.
 */
interface Contender {
    /** Where a download may take its bytes. */
    enum From {
        /** The origin, and devices that have some of it. */
        ORIGIN_AND_PEERS,

        /** Devices alone; what is proved otherwise at the origin comes from there. */
        PEERS
    }

    /** As tables call it. */
    String name();

    /** What is not installed here, in words with the package that brings it. */
    Optional<String> missing();

    /** Whether devices give each other what they have. */
    boolean shares();

    /** Whether it is faster after it has done some work. */
    boolean warms();

    /** Starts what stays on these devices and what they need elsewhere; returns when it serves. */
    void prepare(Office office, List<Device> devices);

    /** Makes a file, which lies at the origin, known. */
    void offer(Office office, Wanted file);

    /** Starts to bring a file, which was offered, into {@link Wanted#on}; returns at once. What ends with an error has failed. */
    Running fetch(Device device, Wanted file, From from);

    /** When the clocks have stopped: brings the file to {@link Wanted#on} if it is elsewhere on the device. */
    default void collect(Device device, Wanted file) {}

    /** Hosts other than devices and the origin that count as its own when its work is measured. */
    default List<Host> services(Office office) {
        return List.of();
    }
}
