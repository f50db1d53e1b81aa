package dev.byway.core.content;

import dev.byway.core.json.JsonTree;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a manifest, and the parts of it that a set of manifests shares. */
final class ManifestJson {
    static final int TIME_BYTES = 40;
    static final int ID_BYTES = 96;
    static final int DIGEST_BYTES = 64;

    private static final StrictJson JSON = StrictJson.of("the manifest", Manifest.MAX_BYTES);
    private static final String PUBLIC = "public";

    private ManifestJson() {}

    static Manifest read(byte[] json) {
        Fields fields = JSON.read(json);
        checkVersion(fields);
        ContentId id = fields.required("content", ID_BYTES, ContentId::parse);
        Digest sha256 = fields.required("sha256", DIGEST_BYTES, Digest::parse);
        int pieceLength = fields.smallNumber("pieceLength");
        SafeName name = fields.required("name", SafeName.MAX_BYTES, SafeName::new);
        List<URI> origins = fields.texts("origins", Statement.MAX_ORIGINS, Statement.MAX_ORIGIN_BYTES, URI::create);
        Validators validators =
                fields.object("validators").map(ManifestJson::validators).orElse(Validators.NONE);
        Visibility visibility = visibility(fields);
        Instant issued = issued(fields);
        Optional<Instant> expires = expires(fields);
        return fields.build(
                () -> new Manifest(id, sha256, pieceLength, name, origins, validators, visibility, issued, expires));
    }

    static byte[] write(Manifest manifest) {
        ObjectNode node = JsonTree.object();
        node.put("version", Statement.VERSION);
        node.put("content", manifest.id().toString());
        node.put("sha256", manifest.sha256().toString());
        node.put("pieceLength", manifest.pieceLength());
        node.put("name", manifest.name().value());
        putAll(node, "origins", manifest.origins());
        putValidators(node, manifest.validators());
        putTail(node, manifest.visibility(), manifest.issued(), manifest.expires());
        return JsonTree.write(node);
    }

    static void checkVersion(Fields fields) {
        long version = fields.number("version");
        if (version != Statement.VERSION) {
            throw fields.broken(
                    "version",
                    "is " + version + ", this Byway reads version " + Statement.VERSION
                            + ": update Byway or publish again");
        }
    }

    static Visibility visibility(Fields fields) {
        Optional<JsonNode> value = fields.value("visibility");
        if (value.flatMap(JsonNode::stringValueOpt).filter(PUBLIC::equals).isPresent()) {
            return new Visibility.Public();
        }
        if (value.filter(JsonNode::isObject).isEmpty()) {
            throw fields.broken("visibility", "is neither \"public\" nor an object with 'groups'");
        }
        List<String> groups = fields.object("visibility")
                .orElseThrow()
                .texts("groups", Visibility.MAX_GROUPS, Visibility.MAX_GROUP_BYTES, name -> name);
        return fields.build(() -> new Visibility.Groups(groups));
    }

    static Instant issued(Fields fields) {
        return fields.required("issued", TIME_BYTES, Instant::parse);
    }

    static Optional<Instant> expires(Fields fields) {
        return fields.optional("expires", TIME_BYTES, Instant::parse);
    }

    static void putAll(ObjectNode node, String name, Collection<URI> urls) {
        var array = node.putArray(name);
        urls.forEach(url -> array.add(url.toString()));
    }

    static void putTail(ObjectNode node, Visibility visibility, Instant issued, Optional<Instant> expires) {
        switch (visibility) {
            case Visibility.Public _ -> node.put("visibility", PUBLIC);
            case Visibility.Groups groups -> {
                var names = node.putObject("visibility").putArray("groups");
                groups.names().forEach(names::add);
            }
        }
        node.put("issued", issued.toString());
        expires.ifPresent(end -> node.put("expires", end.toString()));
    }

    private static Validators validators(Fields fields) {
        Optional<String> etag = fields.optional("etag", 2 * Validators.MAX_ETAG, tag -> tag);
        Optional<Instant> lastModified = fields.optional("lastModified", TIME_BYTES, Instant::parse);
        return fields.build(() -> new Validators(etag, lastModified, fields.optionalNumber("length")));
    }

    private static void putValidators(ObjectNode node, Validators validators) {
        if (validators.equals(Validators.NONE)) {
            return;
        }
        ObjectNode object = node.putObject("validators");
        validators.etag().ifPresent(tag -> object.put("etag", tag));
        validators.lastModified().ifPresent(time -> object.put("lastModified", time.toString()));
        validators.length().ifPresent(length -> object.put("length", length));
    }
}
