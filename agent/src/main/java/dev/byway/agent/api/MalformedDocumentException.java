package dev.byway.agent.api;

/** Bytes that should be a document of the local API are not one. The message says which field is wrong and how. */
final class MalformedDocumentException extends RuntimeException {
    MalformedDocumentException(String message) {
        super(message);
    }
}
