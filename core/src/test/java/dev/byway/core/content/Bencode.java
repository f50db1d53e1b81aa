package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the bencoding of a torrent: dictionaries become maps, strings {@link ByteString}, integers {@link Long}. No lists. */
final class Bencode {
    private final ByteBuffer in;

    private Bencode(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    static Map<?, ?> read(byte[] bytes) {
        return (Map<?, ?>) new Bencode(bytes).value();
    }

    /** The value under a path of keys, if there is one. */
    static Optional<Object> at(Object value, String... path) {
        Optional<Object> found = Optional.of(value);
        for (String key : path) {
            found = found.map(map -> ((Map<?, ?>) map).get(key(key)));
        }
        return found;
    }

    static ByteString key(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Object value() {
        char kind = (char) in.get(in.position());
        return switch (kind) {
            case 'd' -> dictionary();
            case 'i' -> {
                in.get();
                yield numberUntil('e');
            }
            default -> ByteString.read(in, Math.toIntExact(numberUntil(':')));
        };
    }

    private Map<ByteString, Object> dictionary() {
        Map<ByteString, Object> map = new LinkedHashMap<>();
        in.get();
        while (in.get(in.position()) != 'e') {
            ByteString key = (ByteString) value();
            map.put(key, value());
        }
        in.get();
        return map;
    }

    private long numberUntil(char end) {
        StringBuilder digits = new StringBuilder();
        for (char c = (char) in.get(); c != end; c = (char) in.get()) {
            digits.append(c);
        }
        return Long.parseLong(digits.toString());
    }
}
