package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * A message of the coordinator's API: immutable, valid by construction, and the same on both sides. Each kind has a static
 * {@code read(byte[])} that gives the message or a {@link MalformedMessageException}, and never another exception.
 */
public interface Message {
    /** The message as JSON. */
    ObjectNode json();

    /** The message as UTF-8 bytes of JSON, without line breaks. */
    default byte[] bytes() {
        return Json.bytes(json());
    }
}
