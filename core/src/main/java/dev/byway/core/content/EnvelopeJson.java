package dev.byway.core.content;

import dev.byway.core.json.JsonTree;
import dev.byway.core.unit.ByteString;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a DSSE envelope. */
final class EnvelopeJson {
    private static final String WHAT = "the envelope";
    private static final int SIGNATURE_BASE64 = 128;
    private static final int KEY_BASE64 = 64;

    private static final StrictJson JSON = StrictJson.of(WHAT, Envelope.MAX_BYTES);

    private EnvelopeJson() {}

    static Envelope read(byte[] json, int maxBytes) {
        StrictJson form = maxBytes == JSON.maxBytes() ? JSON : StrictJson.of(WHAT, maxBytes);
        Fields fields = form.read(json);
        String type = fields.required("payloadType", Envelope.MAX_TYPE, text -> text);
        ByteString payload = fields.required("payload", maxBytes, EnvelopeJson::base64);
        List<Envelope.Signature> signatures = fields.objects("signatures", Envelope.MAX_SIGNATURES).stream()
                .map(EnvelopeJson::signature)
                .toList();
        return fields.build(() -> new Envelope(type, payload, signatures));
    }

    static byte[] write(Envelope envelope) {
        ObjectNode node = JsonTree.object();
        node.put("payloadType", envelope.payloadType());
        node.put("payload", base64(envelope.payload()));
        var signatures = node.putArray("signatures");
        for (Envelope.Signature signature : envelope.signatures()) {
            ObjectNode object = signatures.addObject();
            object.put("keyid", signature.keyId());
            object.put("sig", base64(signature.bytes()));
            signature.key().ifPresent(key -> object.put("publicKey", base64(key.raw())));
        }
        return JsonTree.write(node);
    }

    private static Envelope.Signature signature(Fields fields) {
        String keyId = fields.optional("keyid", Envelope.Signature.MAX_KEY_ID, text -> text)
                .orElse("");
        ByteString bytes = fields.required("sig", SIGNATURE_BASE64, EnvelopeJson::base64);
        var key = fields.optional("publicKey", KEY_BASE64, EnvelopeJson::key);
        return fields.build(() -> new Envelope.Signature(keyId, bytes, key));
    }

    private static PublisherKey key(String base64) {
        try {
            return PublisherKey.of(base64(base64), "");
        } catch (KeyFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Either alphabet, as DSSE asks of readers. */
    private static ByteString base64(String text) {
        boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        return ByteString.of((url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
