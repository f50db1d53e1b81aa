package dev.byway.agent.job;

import java.io.IOException;

/** What a status called ready is not there any more, or is given from another place: the job's next status tells. */
public final class MovedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MovedException(String message, Throwable cause) {
        super(message, cause);
    }
}
