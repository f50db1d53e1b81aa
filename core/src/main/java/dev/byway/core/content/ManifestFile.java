package dev.byway.core.content;

import dev.byway.core.json.JsonTree;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code byway publish} writes and what lies beside a file as {@code <url>.byway}: the signed manifest and, so that one
 * request is enough, the piece layer. Nothing in it is believed yet: the envelope is for {@link Trust}, the layer proves
 * itself against the id that a believed manifest names.
 *
 * @param envelope the signed manifest
 * @param layer the bytes of the piece layer; empty for content of one piece, whose layer is its root
 */
public record ManifestFile(Envelope envelope, Optional<byte[]> layer) {
    /** Longest file: the layer of 2^14 pieces in base64, and the envelope. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final StrictJson JSON = StrictJson.of("the manifest file", MAX_BYTES);

    /**
     * Reads what {@link #toBytes()} writes.
     *
     * @throws UntrustedContentException when it is something else or breaks a limit
     */
    public static ManifestFile parse(byte[] json) {
        Fields fields = JSON.read(json);
        Fields envelope = fields.object("envelope")
                .orElseThrow(() -> new UntrustedContentException("the manifest file has no field \"envelope\""));
        Optional<byte[]> layer = fields.value("layer").map(ManifestFile::decode);
        return new ManifestFile(Envelope.parse(JsonTree.write(envelope.node())), layer);
    }

    private static byte[] decode(JsonNode node) {
        try {
            return Base64.getDecoder().decode(node.asString(""));
        } catch (IllegalArgumentException e) {
            throw new UntrustedContentException("the piece layer in the manifest file is not base64");
        }
    }

    /** The JSON. */
    public byte[] toBytes() {
        ObjectNode node = JsonTree.object();
        node.set("envelope", JsonTree.read(envelope.toBytes()));
        layer.ifPresent(bytes -> node.put("layer", Base64.getEncoder().encodeToString(bytes)));
        return JsonTree.write(node);
    }

    /**
     * The piece layer of a manifest that is believed.
     *
     * @return empty when the file has none and the content has more than one piece
     * @throws UntrustedContentException when the layer does not lead to the manifest's root
     */
    public Optional<PieceLayer> layerOf(Manifest manifest) {
        return layer.map(bytes -> PieceLayer.read(manifest.id(), manifest.layout(), ByteBuffer.wrap(bytes)))
                .or(() -> PieceLayer.ofOnePiece(manifest.id(), manifest.layout()));
    }
}
