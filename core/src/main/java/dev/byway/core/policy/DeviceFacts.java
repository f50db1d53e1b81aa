package dev.byway.core.policy;

import dev.byway.core.unit.DataSize;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the gates may know about this device. Whoever knows a fact fills it in; an unknown one refuses nothing.
 *
 * @param ram memory that the system shows
 * @param disk capacity of the cache's volume
 * @param battery charge in percent, when the device runs on battery
 * @param vpn whether it is on a VPN
 * @param metered whether its network is metered
 * @param uploadedThisMonth bytes uploaded to Internet peers in this calendar month
 */
public record DeviceFacts(
        Optional<DataSize> ram,
        Optional<DataSize> disk,
        OptionalInt battery,
        Answer vpn,
        Answer metered,
        Optional<DataSize> uploadedThisMonth) {

    /** Nothing is known. */
    public static final DeviceFacts UNKNOWN = new DeviceFacts(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), Answer.UNKNOWN, Answer.UNKNOWN, Optional.empty());

    /** These facts and the device's memory. */
    public DeviceFacts withRam(DataSize size) {
        return new DeviceFacts(Optional.of(size), disk, battery, vpn, metered, uploadedThisMonth);
    }

    /** These facts and the capacity of the cache's volume. */
    public DeviceFacts withDisk(DataSize size) {
        return new DeviceFacts(ram, Optional.of(size), battery, vpn, metered, uploadedThisMonth);
    }

    /** These facts; the device runs on battery with this charge in percent. */
    public DeviceFacts onBattery(int percent) {
        return new DeviceFacts(ram, disk, OptionalInt.of(percent), vpn, metered, uploadedThisMonth);
    }

    /** These facts and whether the device is on a VPN. */
    public DeviceFacts withVpn(Answer answer) {
        return new DeviceFacts(ram, disk, battery, answer, metered, uploadedThisMonth);
    }

    /** These facts and whether the network is metered. */
    public DeviceFacts withMetered(Answer answer) {
        return new DeviceFacts(ram, disk, battery, vpn, answer, uploadedThisMonth);
    }

    /** These facts and what went to Internet peers in this calendar month. */
    public DeviceFacts withUploadedThisMonth(DataSize size) {
        return new DeviceFacts(ram, disk, battery, vpn, metered, Optional.of(size));
    }
}
