package dev.byway.origin;

/** A setting of this package cannot be used: a proxy address or a file of certificates. The message says what to mend. */
public final class OriginSettingException extends RuntimeException {
    OriginSettingException(String message) {
        super(message);
    }

    OriginSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
