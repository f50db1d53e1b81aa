package dev.byway.cli.get;

import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.setting.StateFolder;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import java.io.IOException;
import java.util.Optional;

/** Which failures are the cache's alone, so that a download can go on without it. */
final class CacheTrouble {
    private static final String SOURCE = "this device's cache";

    private CacheTrouble() {}

    /** Why an agent of our own could not start, if that is the disk of its folder. */
    static Optional<Reason> of(RuntimeException trouble) {
        return switch (trouble) {
            case StoreException e when e.kind().isOfTheDisk() -> Optional.of(reason(e.kind(), e));
            case IdentityException e
            when e.getCause() instanceof IOException -> Optional.of(reason(StoreException.Kind.FAILED, e));
            case CommandException e
            when e.kind().equals(StateFolder.NO_STATE) -> Optional.of(reason(StoreException.Kind.FAILED, e));
            default -> Optional.empty();
        };
    }

    /** Why a job failed, if that is the disk of its agent. */
    static Optional<Reason> of(JobStatus status) {
        return status.failure()
                .flatMap(failure -> StoreException.Kind.named(failure.kind())
                        .filter(StoreException.Kind::isOfTheDisk)
                        .map(kind -> reason(kind, failure.message())));
    }

    private static Reason reason(StoreException.Kind kind, RuntimeException trouble) {
        return reason(kind, String.valueOf(trouble.getMessage()));
    }

    private static Reason reason(StoreException.Kind kind, String message) {
        ReasonCode code = kind == StoreException.Kind.DISK_FULL ? ReasonCode.STORE_FULL : ReasonCode.STORE_UNAVAILABLE;
        return Reason.of(SOURCE, code, "the file was fetched from the origin without being kept: " + message);
    }
}
