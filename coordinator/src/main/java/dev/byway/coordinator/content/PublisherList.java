package dev.byway.coordinator.content;

import dev.byway.coordinator.authority.SecretFile;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.store.Audit;
import dev.byway.coordinator.store.Database;
import dev.byway.coordinator.store.Rows;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import dev.byway.core.fleet.Publishers;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.unit.ByteString;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whose signatures count in this fleet, signed with the fleet's root: an Ed25519 key made at first start and kept in {@code
 * publishers.pem} of the state folder. The list is read afresh each time, so that a command of the administrator may change
 * it beside a running coordinator. Any thread.
 */
public final class PublisherList {
    private static final String FILE = "publishers.pem";

    private final Database database;
    private final SigningKey root;
    private final InstantSource clock;

    public PublisherList(Path folder, Database database, InstantSource clock) {
        this.database = database;
        this.root = openRoot(new SecretFile(folder.resolve(FILE)));
        this.clock = clock;
    }

    private static SigningKey openRoot(SecretFile file) {
        try {
            return file.read().map(SigningKey::parsePem).orElseGet(() -> createRoot(file));
        } catch (KeyFormatException e) {
            throw new CoordinatorException(file.path() + " is damaged: " + e.getMessage() + "; restore the file", e);
        }
    }

    private static SigningKey createRoot(SecretFile file) {
        byte[] secret = new byte[SigningKey.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        SigningKey key = SigningKey.ofSecret(secret);
        file.write(key.toPem());
        return key;
    }

    /** The raw public key that signs the list, for join tokens. */
    public ByteString root() {
        return root.publicKey("").raw();
    }

    /** The list as it is now. */
    public Publishers current() {
        return database.read(PublisherList::load);
    }

    /** The list as it is now, in its signed envelope. */
    public ByteString sealed() {
        return current().seal(root);
    }

    private static Publishers load(Rows rows) {
        long version = rows.one(
                        "SELECT value FROM meta WHERE name = 'publishers.version'", row -> Long.parseLong(row.text(1)))
                .orElse(0L);
        return new Publishers(
                version, rows.all("SELECT name FROM publisher ORDER BY key", row -> PublisherKey.parse(row.text(1))));
    }

    /**
     * Adds a publisher, or gives a known key a new name.
     *
     * @throws RefusedException when the list is full
     */
    public Publishers add(PublisherKey key) {
        return change("add-publisher", key.id(), rows -> {
            rows.change("INSERT OR REPLACE INTO publisher VALUES (?, ?)", key.id(), key.toString());
            if (rows.one("SELECT count(*) FROM publisher", row -> row.number(1)).orElse(0L) > Publishers.MAX) {
                throw new RefusedException(
                        Refusal.Reason.NOT_ACCEPTED, "a fleet has at most " + Publishers.MAX + " publishers");
            }
        });
    }

    /**
     * Removes the publisher whose key has this id. What it published stays until it is withdrawn or replaced, but devices
     * that see the new list no longer believe it.
     *
     * @throws RefusedException when there is none
     */
    public Publishers remove(String id) {
        return change("remove-publisher", id, rows -> {
            if (rows.change("DELETE FROM publisher WHERE key = ?", id) == 0) {
                throw new RefusedException(Refusal.Reason.NOT_FOUND, "no publisher's key has the id " + id);
            }
        });
    }

    private Publishers change(String action, String subject, Consumer<Rows> work) {
        return database.transact(rows -> {
            work.accept(rows);
            long version = load(rows).version() + 1;
            rows.change("INSERT OR REPLACE INTO meta VALUES ('publishers.version', ?)", Long.toString(version));
            Audit.add(rows, clock.instant(), "admin", action, subject);
            return load(rows);
        });
    }

    /** The keys that count. */
    List<PublisherKey> keys() {
        return current().keys();
    }
}
