package dev.byway.coordinator.http;

import dev.byway.coordinator.authority.DeviceCertificate;
import dev.byway.coordinator.content.Reader;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that the gate let through.
 *
 * @param caller one whom the route is for
 * @param observed the address of its connection
 * @param parameters those in the path, and those of the query
 * @param body within the route's limit
 */
record Request(Caller caller, InetAddress observed, Function<String, Optional<String>> parameters, ByteString body) {
    /** The device that calls; only on routes that are for devices alone. */
    DeviceCertificate device() {
        return switch (caller) {
            case Caller.Device(DeviceCertificate certificate) -> certificate;
            case Caller.Nobody(), Caller.Admin() ->
                throw new RefusedException(Refusal.Reason.NOT_ALLOWED, "only a device can do this");
        };
    }

    /** The body, to be read as a message. */
    byte[] json() {
        return body.toArray();
    }

    /** As whom the caller reads content. */
    Reader reader() {
        return switch (caller) {
            case Caller.Device(DeviceCertificate certificate) -> new Reader.Device(certificate.groups());
            case Caller.Admin() -> new Reader.Admin();
            case Caller.Nobody() -> throw new RefusedException(Refusal.Reason.NOT_AUTHENTICATED, "who are you?");
        };
    }

    /** The caller, for the audit. */
    String actor() {
        return switch (caller) {
            case Caller.Device(DeviceCertificate certificate) -> "device " + certificate.device();
            case Caller.Admin() -> "admin";
            case Caller.Nobody() -> "nobody";
        };
    }

    ContentId content() {
        return parameter("content", ContentId::parse);
    }

    DeviceId target() {
        return parameter("device", DeviceId::parse);
    }

    int pieceLength() {
        return parameter("pieceLength", Integer::parseInt);
    }

    <T> T parameter(String name, Function<String, T> reader) {
        String text = parameters
                .apply(name)
                .orElseThrow(() -> new RefusedException(Refusal.Reason.MALFORMED, name + " is missing"));
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.Reason.MALFORMED, name + " in the path: " + e.getMessage());
        }
    }
}
