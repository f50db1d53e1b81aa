package dev.byway.cli.get;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoreException.Kind;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.setting.StateFolder;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CacheTroubleTest {
    private static JobStatus failed(String kind) {
        return JobStatus.resolving("https://h/x").failed(new JobStatus.Failure(kind, "why"), List.of(), 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK_FULL", "READ_ONLY", "DENIED", "VANISHED", "FAILED"})
    void aDiskThatTakesNothingIsNoReasonToDeliverNothing(Kind kind) {
        ReasonCode code = kind == Kind.DISK_FULL ? ReasonCode.STORE_FULL : ReasonCode.STORE_UNAVAILABLE;
        assertThat(CacheTrouble.of(new StoreException(kind, "why")).map(Reason::code))
                .contains(code);
        assertThat(CacheTrouble.of(failed(kind.name())).map(Reason::code)).contains(code);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DISK_FULL", "READ_ONLY", "DENIED", "VANISHED", "FAILED"})
    void aFolderOfSomebodyElseIsOne(Kind kind) {
        assertThat(CacheTrouble.of(new StoreException(kind, "why"))).isEmpty();
        assertThat(CacheTrouble.of(failed(kind.name()))).isEmpty();
    }

    @Test
    void aStateFolderThatCannotBeMadeOrWrittenIsTroubleOfTheCache() {
        assertThat(CacheTrouble.of(CommandException.failed(StateFolder.NO_STATE, "why")))
                .isPresent();
        assertThat(CacheTrouble.of(new IdentityException("why", new IOException("read-only"))))
                .isPresent();
        assertThat(CacheTrouble.of(new IdentityException("damaged"))).isEmpty();
    }

    @Test
    void whatTheOriginOrTheDestinationDidIsNot() {
        assertThat(CacheTrouble.of(failed("HTTP_404"))).isEmpty();
        assertThat(CacheTrouble.of(CommandException.failed("DISK_FULL", "the destination")))
                .isEmpty();
        assertThat(CacheTrouble.of(JobStatus.resolving("https://h/x"))).isEqualTo(Optional.empty());
    }
}
