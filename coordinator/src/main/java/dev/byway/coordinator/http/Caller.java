package dev.byway.coordinator.http;

import dev.byway.coordinator.authority.DeviceCertificate;

/** Who calls, as proved. */
public sealed interface Caller {
    /** No credential. */
    record Nobody() implements Caller {}

    /** A device of the fleet. */
    record Device(DeviceCertificate certificate) implements Caller {}

    /** The administrator. */
    record Admin() implements Caller {}
}
