package dev.byway.core.content;

import dev.byway.core.json.JsonTree;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON from outside: one object in UTF-8, of a bounded size and depth, no key twice, nothing behind it.
 *
 * @param what names the document in messages, for example {@code the manifest}
 * @param limits what is read
 * @param maxBytes longest document
 */
record StrictJson(String what, JsonFactory limits, int maxBytes) {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER = 20;
    private static final int MAX_KEY = 256;

    static StrictJson of(String what, int maxBytes) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxBytes)
                        .maxStringLength(maxBytes)
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxNameLength(MAX_KEY)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return new StrictJson(what, factory, maxBytes);
    }

    /** The one object that {@code json} is. */
    Fields read(byte[] json) {
        return parse(json, parser -> fields(JsonTree.read(parser)));
    }

    /** What {@code reader} makes of a parser before the first token; checks that nothing follows. */
    <T> T parse(byte[] json, Function<JsonParser, T> reader) {
        if (json.length > maxBytes) {
            throw new UntrustedContentException(
                    what + " has " + json.length + " bytes; at most " + maxBytes + " are read");
        }
        // A second byte of zero would make the parser take the text for UTF-16 or UTF-32.
        if (json.length < 2 || json[0] != '{' || json[1] == 0) {
            throw new UntrustedContentException(what + " is not a JSON object in UTF-8");
        }
        try (JsonParser parser = limits.createParser(ObjectReadContext.empty(), json)) {
            T value = reader.apply(parser);
            if (parser.nextToken() != null) {
                throw new UntrustedContentException(what + " is followed by something else");
            }
            return value;
        } catch (JacksonException e) {
            throw new UntrustedContentException(what + " is not well-formed: " + e.getOriginalMessage());
        }
    }

    /** The fields of an object inside the document. */
    Fields fields(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(what, object);
        }
        throw new UntrustedContentException(what + " has something else where an object belongs");
    }
}
