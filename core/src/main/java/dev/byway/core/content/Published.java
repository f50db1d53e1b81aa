package dev.byway.core.content;

/** What a publisher signs. */
public sealed interface Published permits Manifest, ManifestSet {
    /** The media type under which it is signed. */
    String payloadType();

    /** Its canonical JSON: keys in a fixed order, no white space, so that equal values give equal bytes. */
    byte[] toBytes();

    /**
     * Reads what {@link #toBytes()} writes.
     *
     * @param payloadType one of {@link Manifest#PAYLOAD_TYPE} and {@link ManifestSet#PAYLOAD_TYPE}
     * @throws UntrustedContentException for anything else
     */
    static Published read(String payloadType, byte[] json) {
        return switch (payloadType) {
            case Manifest.PAYLOAD_TYPE -> Manifest.read(json);
            case ManifestSet.PAYLOAD_TYPE -> ManifestSet.read(json);
            default ->
                throw new UntrustedContentException(
                        "the signed statement is neither a manifest nor a set of manifests of Byway");
        };
    }
}
