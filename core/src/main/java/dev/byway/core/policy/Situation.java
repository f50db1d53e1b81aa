package dev.byway.core.policy;

/**
 * What a gate judges: may these bytes go this way between this device and this source, now?
 *
 * @param direction which way the bytes would go
 * @param device this device
 * @param content what they are of
 * @param source the other end
 */
public record Situation(Direction direction, DeviceFacts device, ContentFacts content, SourceFacts source) {
    boolean withPeer() {
        return source.kind().isPeer();
    }

    boolean isUpload() {
        return direction == Direction.UPLOAD;
    }
}
