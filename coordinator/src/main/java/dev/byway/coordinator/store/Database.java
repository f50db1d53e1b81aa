package dev.byway.coordinator.store;

import dev.byway.coordinator.failure.CoordinatorException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One SQLite file in write-ahead mode. One transaction runs at a time in this process; other processes (a command of the
 * administrator) may use the same file beside it and wait for each other up to five seconds. Any thread.
 */
public final class Database implements AutoCloseable {
    private static final int SCHEMA = 1;
    private static final String[] TABLES = {
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE TABLE token (id TEXT PRIMARY KEY, secret BLOB NOT NULL, groups TEXT NOT NULL, expires INTEGER NOT NULL,"
                + " uses INTEGER NOT NULL, created INTEGER NOT NULL) STRICT",
        "CREATE TABLE device (id TEXT PRIMARY KEY, name TEXT NOT NULL, groups TEXT NOT NULL, token TEXT NOT NULL,"
                + " enrolled INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER NOT NULL) STRICT",
        "CREATE TABLE publisher (key TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT",
        "CREATE TABLE envelope (id TEXT PRIMARY KEY, bytes BLOB NOT NULL, issued INTEGER NOT NULL) STRICT",
        "CREATE TABLE location (url TEXT PRIMARY KEY, content TEXT NOT NULL, envelope TEXT NOT NULL,"
                + " issued INTEGER NOT NULL) STRICT",
        "CREATE INDEX location_envelope ON location (envelope)",
        "CREATE TABLE statement (content TEXT NOT NULL, envelope TEXT NOT NULL, piece_length INTEGER NOT NULL,"
                + " groups TEXT, issued INTEGER NOT NULL, PRIMARY KEY (content, envelope)) STRICT",
        "CREATE INDEX statement_envelope ON statement (envelope)",
        "CREATE TABLE layer (content TEXT NOT NULL, piece_length INTEGER NOT NULL, bytes BLOB NOT NULL,"
                + " PRIMARY KEY (content, piece_length)) STRICT",
        "CREATE TABLE withdrawn (content TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT",
        "CREATE TABLE audit (at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL) STRICT",
    };

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws CoordinatorException when it cannot be opened, is no such file, or was written by a newer Byway
     */
    public static Database open(Path file) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Database database = new Database(file, connection);
            database.configure();
            database.transact(Database::migrate);
            return database;
        } catch (SQLException e) {
            throw new CoordinatorException(
                    "cannot open " + file + ": " + e.getMessage() + "; is the state folder writable and not full?", e);
        }
    }

    private void configure() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
        }
    }

    private static int migrate(Rows rows) {
        long found = rows.one("PRAGMA user_version", row -> row.number(1)).orElse(0L);
        if (found > SCHEMA) {
            throw new CoordinatorException("the coordinator's database was written by a newer Byway (schema " + found
                    + ", known " + SCHEMA + "): update this one");
        }
        if (found == 0) {
            for (String table : TABLES) {
                rows.change(table);
            }
            rows.change("PRAGMA user_version = " + SCHEMA);
        }
        return SCHEMA;
    }

    /**
     * Runs {@code work} as one transaction: all of it is kept, durably, or, when it throws, nothing.
     *
     * @throws CoordinatorException when the file fails
     */
    public <T> T transact(Function<Rows, T> work) {
        lock.lock();
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            return finish(work);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T finish(Function<Rows, T> work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean done = false;
            try {
                T result = work.apply(new Rows(connection));
                statement.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    statement.execute("ROLLBACK");
                }
            }
        }
    }

    /**
     * Reads without a transaction of its own.
     *
     * @throws CoordinatorException when the file fails
     */
    public <T> T read(Function<Rows, T> work) {
        lock.lock();
        try {
            return work.apply(new Rows(connection));
        } finally {
            lock.unlock();
        }
    }

    private CoordinatorException failed(SQLException e) {
        return new CoordinatorException(file + ": " + e.getMessage() + "; is its disk full or gone?", e);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }
}
