package dev.byway.agent.api;

/** The local API cannot start. The message says where, why and what to do. */
public final class ApiStartException extends RuntimeException {
    ApiStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
