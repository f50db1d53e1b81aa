package dev.byway.core.content;

import dev.byway.core.json.JsonTree;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a set of manifests. */
final class ManifestSetJson {
    private static final StrictJson JSON = StrictJson.of("the set of manifests", ManifestSet.MAX_BYTES);
    private static final String ENTRIES = "entries";

    private ManifestSetJson() {}

    static ManifestSet read(byte[] json) {
        Fields head = JSON.read(json);
        ManifestJson.checkVersion(head);
        List<ManifestSet.Entry> entries = head.objects(ENTRIES, ManifestSet.MAX_ENTRIES).stream()
                .map(ManifestSetJson::entry)
                .toList();
        List<URI> bases = head.texts("bases", Statement.MAX_ORIGINS, Statement.MAX_ORIGIN_BYTES, URI::create);
        Visibility visibility = ManifestJson.visibility(head);
        var issued = ManifestJson.issued(head);
        var expires = ManifestJson.expires(head);
        return head.build(() -> new ManifestSet(bases, entries, visibility, issued, expires));
    }

    static byte[] write(ManifestSet set) {
        byte[] json = text(set);
        if (json.length > ManifestSet.MAX_BYTES) {
            throw new IllegalStateException("the set of " + set.entries().size() + " files has " + json.length
                    + " bytes, more than " + ManifestSet.MAX_BYTES + ": its names and URLs are too long");
        }
        return json;
    }

    static int length(ManifestSet set) {
        return text(set).length;
    }

    private static byte[] text(ManifestSet set) {
        ObjectNode node = JsonTree.object();
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
        return JsonTree.write(node);
    }

    private static ManifestSet.Entry entry(Fields fields) {
        SafeName name = fields.required("name", SafeName.MAX_BYTES, SafeName::new);
        ContentId id = fields.required("content", ManifestJson.ID_BYTES, ContentId::parse);
        Digest sha256 = fields.required("sha256", ManifestJson.DIGEST_BYTES, Digest::parse);
        int pieceLength = fields.smallNumber("pieceLength");
        return fields.build(() -> new ManifestSet.Entry(name, id, sha256, pieceLength));
    }
}
