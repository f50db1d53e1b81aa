package dev.byway.coordinator.http;

import dev.byway.coordinator.announce.EventStream;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Message;
import dev.byway.core.unit.ByteString;

/** What a request is answered with. */
sealed interface Answer {
    /** A message, as JSON. */
    record Json(Message message) implements Answer {}

    /** Bytes of another kind. */
    record Bytes(String mediaType, ByteString bytes) implements Answer {}

    /** Done, nothing to say. */
    record Done() implements Answer {}

    /** Events, one JSON object a line, for as long as both sides hold the stream. */
    record Stream(DeviceId device, EventStream events) implements Answer {}
}
