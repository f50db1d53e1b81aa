package dev.byway.coordinator.enrol;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.store.Audit;
import dev.byway.coordinator.store.Database;
import dev.byway.coordinator.store.Rows;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Secret;
import dev.byway.core.fleet.TokenOrder;
import dev.byway.core.unit.ByteString;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Join tokens. Of a secret only its SHA-256 is kept: with 256 random bits that is one-way, and a copy of the database opens
 * no fleet. Any thread.
 */
public final class Tokens {
    private static final Secret NOBODYS = new Secret(ByteString.of(new byte[Secret.BYTES]));

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Tokens(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes a token, which is kept nowhere but in the answer.
     *
     * @param urls where the coordinator is
     * @param authority what devices shall recognize it by
     * @param publishersRoot whom they shall believe about publishers
     */
    public JoinToken create(TokenOrder order, List<String> urls, Digest authority, ByteString publishersRoot) {
        Instant now = clock.instant();
        JoinToken token = new JoinToken(
                ByteString.of(bytes(JoinToken.ID_BYTES)),
                new Secret(ByteString.of(bytes(Secret.BYTES))),
                urls,
                authority,
                publishersRoot,
                now.plus(order.validity()).truncatedTo(ChronoUnit.SECONDS),
                order.uses(),
                order.groups());
        token.text();
        database.transact(rows -> {
            rows.change(
                    "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?)",
                    token.id().toString(),
                    ByteString.of(token.secret().digest().bytes()),
                    Groups.text(token.groups()),
                    token.expires().getEpochSecond(),
                    token.uses(),
                    now.getEpochSecond());
            Audit.add(rows, now, "admin", "create-token", token.id().toString());
            return token;
        });
        return token;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A token as it is kept. */
    private record Kept(Digest secret, String groups, Instant expires, long uses) {}

    /**
     * The groups that a token grants, if it is right and still valid.
     *
     * @param alreadyCounted whether this device used this very token before, so that a lost answer costs no second use
     * @throws RefusedException when it is not; an unknown id and a wrong secret are not told apart
     */
    List<AccessGroup> redeem(Rows rows, ByteString id, Secret secret, boolean alreadyCounted) {
        Optional<Kept> kept = rows.one(
                "SELECT secret, groups, expires, uses FROM token WHERE id = ?",
                row -> new Kept(
                        Digest.of(row.bytes(1).toArray()),
                        row.text(2),
                        Instant.ofEpochSecond(row.number(3)),
                        row.number(4)),
                id.toString());
        boolean right = secret.matches(kept.map(Kept::secret).orElse(NOBODYS.digest()));
        if (kept.isEmpty() || !right) {
            throw refused("this coordinator does not know the join token: was it made by another one?");
        }
        if (clock.instant().isAfter(kept.get().expires())) {
            throw refused("the join token expired at " + kept.get().expires() + ": ask for a new one");
        }
        if (!alreadyCounted
                && rows.change("UPDATE token SET uses = uses - 1 WHERE id = ? AND uses > 0", id.toString()) == 0) {
            throw refused("the join token has been used as often as it may: ask for a new one");
        }
        return Groups.parse(kept.get().groups());
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Refusal.Reason.NOT_ACCEPTED, message);
    }
}
