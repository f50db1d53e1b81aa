package dev.byway.coordinator.fleet;

import dev.byway.coordinator.authority.CertificateAuthority;
import dev.byway.coordinator.authority.SecretFile;
import dev.byway.coordinator.content.Catalog;
import dev.byway.coordinator.content.PublisherList;
import dev.byway.coordinator.enrol.Devices;
import dev.byway.coordinator.enrol.Tokens;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.coordinator.store.Database;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.AdminToken;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Secret;
import dev.byway.core.fleet.TokenOrder;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fleet as it lies in one state folder: its authority ({@code ca.pem}), the root of its publishers ({@code
 * publishers.pem}), the administrator's credential ({@code admin.token}) and its records ({@code coordinator.db}). Opened by a
 * running coordinator, and beside it, or without it, by a command of the administrator. Any thread.
 */
public final class Fleet implements AutoCloseable {
    /** Name of the administrator's credential in the state folder. */
    public static final String ADMIN_TOKEN = "admin.token";

    private static final String URLS = "coordinator.urls";
    private static final String PIN = "coordinator.pin";

    private final Path folder;
    private final InstantSource clock;
    private final CertificateAuthority authority;
    private final Database database;
    private final PublisherList publishers;
    private final Tokens tokens;
    private final Devices devices;
    private final Catalog catalog;

    private Fleet(Path folder, InstantSource clock, Database database) {
        this.folder = folder;
        this.clock = clock;
        this.database = database;
        this.authority = CertificateAuthority.open(folder, clock.instant());
        this.publishers = new PublisherList(folder, database, clock);
        this.tokens = new Tokens(database, clock);
        this.devices = new Devices(database, authority, tokens, clock);
        this.catalog = new Catalog(database, publishers, clock);
    }

    /**
     * Opens the fleet of this state folder, or founds it.
     *
     * @throws CoordinatorException when the folder cannot be used
     */
    public static Fleet open(Path folder, InstantSource clock) {
        create(folder);
        Database database = Database.open(folder.resolve("coordinator.db"));
        try {
            return new Fleet(folder, clock, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void create(Path folder) {
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (!Files.isDirectory(folder) && posix) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CoordinatorException("cannot make the state folder " + folder + ": " + e, e);
        }
    }

    /**
     * Makes a join token.
     *
     * @param urls where devices find the coordinator; empty for where it served last
     * @throws CoordinatorException when it never served and no URL is given
     */
    public JoinToken createToken(TokenOrder order, List<String> urls) {
        List<String> known = urls.isEmpty()
                ? note(URLS).flatMap(text -> Stream.of(text.split(" "))).toList()
                : urls;
        if (known.isEmpty()) {
            throw new CoordinatorException("where is the coordinator? Start it once, or give its URL");
        }
        return tokens.create(order, known, pin(), publishers.root());
    }

    private Digest pin() {
        return note(PIN).findFirst().map(Digest::parse).orElseGet(authority::pin);
    }

    private Stream<String> note(String name) {
        return database
                .read(rows -> rows.one("SELECT value FROM meta WHERE name = ?", row -> row.text(1), name))
                .stream();
    }

    /** Remembers where the coordinator serves and what devices shall recognize it by. */
    public void serves(List<String> urls, Digest pin) {
        database.transact(rows -> rows.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", URLS, String.join(" ", urls))
                + rows.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", PIN, pin));
        adminToken();
    }

    /**
     * The administrator's credential; written to {@link #ADMIN_TOKEN} when there is none, or when it does not name the
     * authority that the coordinator shows.
     */
    public AdminToken adminToken() {
        SecretFile file = new SecretFile(folder.resolve(ADMIN_TOKEN));
        AdminToken kept = file.read().map(text -> parse(file, text)).orElseGet(() -> new AdminToken(random(), pin()));
        AdminToken current = new AdminToken(kept.secret(), pin());
        String text = current.text() + "\n";
        if (!file.read().equals(Optional.of(text))) {
            file.write(text);
        }
        return current;
    }

    private static AdminToken parse(SecretFile file, String text) {
        try {
            return AdminToken.parse(text);
        } catch (MalformedMessageException e) {
            throw new CoordinatorException(
                    file.path() + ": " + e.getMessage() + "; or delete the file to get a new token", e);
        }
    }

    private static Secret random() {
        byte[] bytes = new byte[Secret.BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(ByteString.of(bytes));
    }

    public InstantSource clock() {
        return clock;
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public Devices devices() {
        return devices;
    }

    public PublisherList publishers() {
        return publishers;
    }

    public Catalog catalog() {
        return catalog;
    }

    @Override
    public void close() {
        database.close();
    }
}
