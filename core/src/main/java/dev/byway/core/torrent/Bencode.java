package dev.byway.core.torrent;

import dev.byway.core.unit.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A value in the encoding of BEP 3. Immutable. */
sealed interface Bencode {
    /** Deepest nesting that is read. */
    int MAX_DEPTH = 32;

    /** Most values in one document. */
    int MAX_VALUES = 1 << 20;

    /** Bytes; text is UTF-8. */
    record Text(ByteString bytes) implements Bencode {
        Text(String text) {
            this(ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String toString() {
            return new String(bytes.toArray(), StandardCharsets.UTF_8);
        }
    }

    /** A whole number. */
    record Int(long value) implements Bencode {}

    /** Values in order. */
    record Sequence(List<Bencode> values) implements Bencode {
        public Sequence {
            values = List.copyOf(values);
        }
    }

    /** Values by key; keys are bytes, held as characters up to 255, so that they sort as bytes do. */
    record Dictionary(Map<String, Bencode> entries) implements Bencode {
        public Dictionary {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }

        Optional<Bencode> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** The dictionary under a key, if there is one. */
        Optional<Dictionary> dictionary(String key) {
            return get(key).filter(Dictionary.class::isInstance).map(Dictionary.class::cast);
        }

        /** The number under a key, if there is one. */
        Optional<Long> number(String key) {
            return get(key).filter(Int.class::isInstance).map(value -> ((Int) value).value());
        }

        /** The bytes under a key, if there are some. */
        Optional<Text> text(String key) {
            return get(key).filter(Text.class::isInstance).map(Text.class::cast);
        }
    }

    /** What a key of a dictionary is for some bytes. */
    static String key(ByteString bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }

    /** What a key of a dictionary is for a name. */
    static String key(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The name that is the key of a dictionary. */
    static String name(String key) {
        return new String(key.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * The value that {@code bytes} are, from the first to the last.
     *
     * @throws IllegalArgumentException when they are none, or too many or too deep
     */
    static Bencode read(byte[] bytes) {
        Reader reader = new Reader(ByteBuffer.wrap(bytes));
        Bencode value = reader.value(0);
        if (reader.in.hasRemaining()) {
            throw reader.wrong("something follows the end");
        }
        return value;
    }

    /** The bytes of this value; keys of dictionaries in order. */
    default byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out) {
        switch (this) {
            case Text(ByteString bytes) -> writeBytes(bytes.toArray(), out);
            case Int(long value) -> out.writeBytes(("i" + value + "e").getBytes(StandardCharsets.US_ASCII));
            case Sequence(List<Bencode> values) -> {
                out.write('l');
                values.forEach(value -> value.write(out));
                out.write('e');
            }
            case Dictionary(Map<String, Bencode> entries) -> {
                out.write('d');
                entries.forEach((key, value) -> {
                    writeBytes(key.getBytes(StandardCharsets.ISO_8859_1), out);
                    value.write(out);
                });
                out.write('e');
            }
        }
    }

    private static void writeBytes(byte[] bytes, ByteArrayOutputStream out) {
        out.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
    }

    /** Reads one document. */
    final class Reader {
        private static final int MAX_DIGITS = 19;

        private final ByteBuffer in;
        private int values;

        private Reader(ByteBuffer in) {
            this.in = in;
        }

        private Bencode value(int depth) {
            if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
                throw wrong("it is nested too deep or holds too much");
            }
            byte first = peek();
            if (first >= '0' && first <= '9') {
                return new Text(bytes());
            }
            in.get();
            return switch (first) {
                case 'i' -> new Int(number('e'));
                case 'l' -> sequence(depth);
                case 'd' -> dictionary(depth);
                default -> throw wrong("no value begins with byte " + first);
            };
        }

        private Sequence sequence(int depth) {
            List<Bencode> all = new ArrayList<>();
            while (peek() != 'e') {
                all.add(value(depth + 1));
            }
            in.get();
            return new Sequence(all);
        }

        private Dictionary dictionary(int depth) {
            Map<String, Bencode> entries = new TreeMap<>();
            while (peek() != 'e') {
                String key = key(bytes());
                if (entries.put(key, value(depth + 1)) != null) {
                    throw wrong("a key comes twice");
                }
            }
            in.get();
            return new Dictionary(entries);
        }

        private ByteString bytes() {
            long length = number(':');
            if (length < 0 || length > in.remaining()) {
                throw wrong("a string of " + length + " bytes does not fit");
            }
            return ByteString.read(in, (int) length);
        }

        private long number(char end) {
            StringBuilder digits = new StringBuilder();
            while (peek() != end) {
                digits.append((char) in.get());
                if (digits.length() > MAX_DIGITS) {
                    throw wrong("a number is too long");
                }
            }
            in.get();
            String text = digits.toString();
            if (!text.matches("0|-?[1-9][0-9]*")) {
                throw wrong("'" + text.replaceAll("[^ -~]", "?") + "' is no number");
            }
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw wrong(text + " is too large");
            }
        }

        private byte peek() {
            if (!in.hasRemaining()) {
                throw wrong("it ends in the middle");
            }
            return in.get(in.position());
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException(what + ", at byte " + in.position());
        }
    }
}
