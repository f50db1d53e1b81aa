package dev.byway.coordinator.store;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.unit.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Statements of one transaction. Parameters are strings, whole numbers, bytes, and {@link Optional} of these for NULL. */
public final class Rows {
    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** One row of an answer; columns count from 1. */
    public static final class Row {
        private final ResultSet result;

        private Row(ResultSet result) {
            this.result = result;
        }

        public String text(int column) {
            return optionalText(column).orElseThrow(() -> new CoordinatorException("column " + column + " is empty"));
        }

        public Optional<String> optionalText(int column) {
            try {
                return Optional.ofNullable(result.getString(column));
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        public long number(int column) {
            try {
                return result.getLong(column);
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        public ByteString bytes(int column) {
            try {
                return ByteString.of(result.getBytes(column));
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    /** All rows of the answer. */
    public <T> List<T> all(String sql, Function<Row, T> reader, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                rows.add(reader.apply(row));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first row of the answer. */
    public <T> Optional<T> one(String sql, Function<Row, T> reader, Object... parameters) {
        return all(sql, reader, parameters).stream().findFirst();
    }

    /** Runs a statement that changes something; how many rows it changed. */
    public int change(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case Optional<?> optional when optional.isPresent() -> bind(statement, index, optional.get());
            case Optional<?> _ -> statement.setNull(index, Types.NULL);
            case ByteString bytes -> statement.setBytes(index, bytes.toArray());
            case Number number -> statement.setLong(index, number.longValue());
            default -> statement.setString(index, value.toString());
        }
    }

    private static CoordinatorException failed(SQLException e) {
        return new CoordinatorException("the coordinator's database failed: " + e.getMessage(), e);
    }
}
