package dev.byway.core.content;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a set of manifests. Entries are read one at a time, so that a large set never stands in memory as a tree. */
final class ManifestSetJson {
    private static final StrictJson JSON = StrictJson.of("the set of manifests", ManifestSet.MAX_BYTES);
    private static final String ENTRIES = "entries";

    private ManifestSetJson() {}

    static ManifestSet read(byte[] json) {
        List<ManifestSet.Entry> entries = new ArrayList<>();
        Fields head = JSON.parse(json, parser -> readHead(parser, entries));
        ManifestJson.checkVersion(head);
        List<URI> bases = head.texts("bases", Statement.MAX_ORIGINS, Statement.MAX_ORIGIN_BYTES, URI::create);
        Visibility visibility = ManifestJson.visibility(head);
        var issued = ManifestJson.issued(head);
        var expires = ManifestJson.expires(head);
        return head.build(() -> new ManifestSet(bases, entries, visibility, issued, expires));
    }

    static byte[] write(ManifestSet set) {
        ObjectNode node = JSON.newObject();
        node.put("version", Statement.VERSION);
        ManifestJson.putAll(node, "bases", set.bases());
        var entries = node.putArray(ENTRIES);
        for (ManifestSet.Entry entry : set.entries()) {
            entries.addObject()
                    .put("name", entry.name().value())
                    .put("content", entry.id().toString())
                    .put("sha256", entry.sha256().toString())
                    .put("pieceLength", entry.pieceLength());
        }
        ManifestJson.putTail(node, set.visibility(), set.issued(), set.expires());
        byte[] json = JSON.write(node);
        if (json.length > ManifestSet.MAX_BYTES) {
            throw new IllegalStateException("the set of " + set.entries().size() + " files has " + json.length
                    + " bytes, more than " + ManifestSet.MAX_BYTES + ": publish the folder in parts");
        }
        return json;
    }

    private static Fields readHead(JsonParser parser, List<ManifestSet.Entry> entries) {
        ObjectNode head = JSON.newObject();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(ENTRIES) && value == JsonToken.START_ARRAY) {
                readEntries(parser, entries);
            } else {
                JsonNode tree = parser.readValueAsTree();
                head.set(name, tree);
            }
        }
        return JSON.fields(head);
    }

    private static void readEntries(JsonParser parser, List<ManifestSet.Entry> entries) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == ManifestSet.MAX_ENTRIES) {
                throw new UntrustedContentException(
                        "the set of manifests has more than " + ManifestSet.MAX_ENTRIES + " files");
            }
            JsonNode tree = parser.readValueAsTree();
            entries.add(entry(JSON.fields(tree)));
        }
    }

    private static ManifestSet.Entry entry(Fields fields) {
        SafeName name = fields.required("name", SafeName.MAX_BYTES, SafeName::new);
        ContentId id = fields.required("content", ManifestJson.ID_BYTES, ContentId::parse);
        Digest sha256 = fields.required("sha256", ManifestJson.DIGEST_BYTES, Digest::parse);
        int pieceLength = fields.smallNumber("pieceLength");
        return fields.build(() -> new ManifestSet.Entry(name, id, sha256, pieceLength));
    }
}
