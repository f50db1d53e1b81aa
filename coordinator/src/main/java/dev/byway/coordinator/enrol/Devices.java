package dev.byway.coordinator.enrol;

import dev.byway.coordinator.authority.CertificateAuthority;
import dev.byway.coordinator.authority.CertificateRequest;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.store.Audit;
import dev.byway.coordinator.store.Database;
import dev.byway.coordinator.store.Rows;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.EnrolRequest;
import dev.byway.core.fleet.EnrolledDevice;
import dev.byway.core.fleet.EnrolledDevices;
import dev.byway.core.fleet.Enrolment;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.RenewRequest;
import dev.byway.core.unit.ByteString;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fleet's devices: certified once they prove a token and a key, renewed on the word of the certificate they have, shut
 * out by the administrator. Who is shut out is held in memory too, because every request asks. Any thread.
 */
public final class Devices {
    private final Database database;
    private final CertificateAuthority authority;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Set<DeviceId> revoked = ConcurrentHashMap.newKeySet();

    public Devices(Database database, CertificateAuthority authority, Tokens tokens, InstantSource clock) {
        this.database = database;
        this.authority = authority;
        this.tokens = tokens;
        this.clock = clock;
        database.read(rows -> revoked.addAll(
                rows.all("SELECT id FROM device WHERE revoked = 1", row -> DeviceId.parse(row.text(1)))));
    }

    /**
     * Takes a device into the fleet.
     *
     * @param publishers the fleet's signed list of publishers
     * @throws RefusedException when the token or the request for a certificate is not acceptable
     */
    public Enrolment enrol(EnrolRequest request, ByteString publishers) {
        CertificateRequest proof = proof(request.certificateRequest());
        DeviceId device = proof.device();
        refuseRevoked(device);
        Instant now = clock.instant();
        List<AccessGroup> groups = database.transact(rows -> {
            boolean again = rows.one(
                            "SELECT 1 FROM device WHERE id = ? AND token = ?",
                            row -> row,
                            device,
                            request.tokenId().toString())
                    .isPresent();
            List<AccessGroup> granted = tokens.redeem(rows, request.tokenId(), request.secret(), again);
            rows.change(
                    "INSERT OR REPLACE INTO device VALUES (?, ?, ?, ?, ?, ?, 0)",
                    device,
                    request.name(),
                    Groups.text(granted),
                    request.tokenId().toString(),
                    now.getEpochSecond(),
                    now.plus(CertificateAuthority.DEVICE_LIFE).getEpochSecond());
            Audit.add(rows, now, "token " + request.tokenId(), "enrol", device.toString());
            return granted;
        });
        return enrolment(proof, groups, publishers, now);
    }

    /**
     * Certifies the same key again, with the groups that the device has now.
     *
     * @param device who asks, as its certificate proved
     * @throws RefusedException when the request is for another key or the device is unknown
     */
    public Enrolment renew(DeviceId device, RenewRequest request, ByteString publishers) {
        CertificateRequest proof = proof(request.certificateRequest());
        if (!proof.device().equals(device)) {
            throw new RefusedException(
                    Refusal.Reason.NOT_ALLOWED,
                    "a certificate is renewed for the same key only; join with the new key");
        }
        Instant now = clock.instant();
        List<AccessGroup> groups = database.transact(rows -> {
            Optional<String> kept = rows.one("SELECT groups FROM device WHERE id = ?", row -> row.text(1), device);
            rows.change(
                    "UPDATE device SET expires = ? WHERE id = ?",
                    now.plus(CertificateAuthority.DEVICE_LIFE).getEpochSecond(),
                    device);
            Audit.add(rows, now, "device " + device, "renew", device.toString());
            return Groups.parse(kept.orElseThrow(() -> unknown(device)));
        });
        return enrolment(proof, groups, publishers, now);
    }

    private Enrolment enrolment(
            CertificateRequest proof, List<AccessGroup> groups, ByteString publishers, Instant now) {
        return new Enrolment(
                proof.device(), authority.certify(proof.key(), groups, now), authority.pem(), groups, publishers);
    }

    private static CertificateRequest proof(ByteString request) {
        return CertificateRequest.verify(request.toArray())
                .orElseThrow(() -> new RefusedException(
                        Refusal.Reason.NOT_ACCEPTED,
                        "the certificate request is not a PKCS #10 request signed with its own P-256 key"));
    }

    /** Whether the administrator shut this device out. */
    public boolean isRevoked(DeviceId device) {
        return revoked.contains(device);
    }

    private void refuseRevoked(DeviceId device) {
        if (isRevoked(device)) {
            throw new RefusedException(
                    Refusal.Reason.NOT_ALLOWED, "the administrator shut this device out of the fleet");
        }
    }

    /**
     * Shuts a device out, at once and for good.
     *
     * @throws RefusedException when there is no such device
     */
    public void revoke(DeviceId device) {
        Instant now = clock.instant();
        database.transact(rows -> {
            if (rows.change("UPDATE device SET revoked = 1 WHERE id = ?", device) == 0) {
                throw unknown(device);
            }
            Audit.add(rows, now, "admin", "revoke", device.toString());
            return device;
        });
        revoked.add(device);
    }

    private static RefusedException unknown(DeviceId device) {
        return new RefusedException(Refusal.Reason.NOT_FOUND, "no device " + device + " has joined this fleet");
    }

    /** The page of devices whose ids come after {@code after}; the first page after the empty text. */
    public EnrolledDevices page(String after) {
        return new EnrolledDevices(database.read(rows -> rows.all(
                "SELECT id, name, groups, enrolled, expires, revoked FROM device WHERE id > ? ORDER BY id LIMIT ?",
                Devices::device,
                after,
                EnrolledDevices.PAGE)));
    }

    private static EnrolledDevice device(Rows.Row row) {
        return new EnrolledDevice(
                DeviceId.parse(row.text(1)),
                row.text(2),
                Groups.parse(row.text(3)),
                Instant.ofEpochSecond(row.number(4)),
                Instant.ofEpochSecond(row.number(5)),
                row.number(6) != 0);
    }
}
