package dev.byway.cli.doctor;

import dev.byway.agent.api.AgentProcess;
import dev.byway.cli.command.Trouble;
import dev.byway.core.doctor.CacheRules;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import dev.byway.core.unit.Rate;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The folder of the cache and its disk. */
record CacheLook(Patient patient) implements Look {
    private static final long SECONDS = 6;
    private static final Set<PosixFilePermission> FOR_MORE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.CACHE, Check.DISK_SPEED);
    }

    /** A disk that hangs cannot be interrupted, so it is left to hang on a thread of its own. */
    @Override
    public List<Result> look() throws InterruptedException {
        Optional<Examination> seen = patient.examination().join();
        if (seen.isEmpty()) {
            return List.of();
        }
        String folder = seen.get().cache();
        CompletableFuture<List<Result>> results = CompletableFuture.supplyAsync(
                () -> look(Path.of(folder)), Thread.ofVirtual().name("byway-disk")::start);
        try {
            return results.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(CacheRules.silent(folder, SECONDS));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Result> look(Path folder) {
        Optional<ProcessHandle> agent = AgentProcess.of(patient.invocation().state());
        String self = ProcessHandle.current().info().user().orElse("");
        Optional<String> other = agent.flatMap(process -> process.info().user()).filter(user -> !user.equals(self));
        try {
            FileStore store = Files.getFileStore(folder);
            Optional<String> trouble = store.isReadOnly() ? Optional.of("is on a read-only volume") : Optional.empty();
            if (trouble.isEmpty() && other.isPresent()) {
                trouble = rights(folder, other.get());
            }
            CacheRules.Volume volume =
                    new CacheRules.Volume(folder.toString(), store.getUsableSpace(), store.getTotalSpace(), trouble);
            Result room = CacheRules.room(volume);
            return room.finding() instanceof Finding.Pass
                    ? written(folder, volume, other.isEmpty())
                    : List.of(room, CacheRules.untried("nothing more can be written there"));
        } catch (IOException e) {
            Finding unknown = new Finding.NotCollected("cannot look at " + folder + " (" + Trouble.of(e) + ")");
            return List.of(new Result(Check.CACHE, "", unknown), new Result(Check.DISK_SPEED, "", unknown));
        }
    }

    private static List<Result> written(Path folder, CacheRules.Volume volume, boolean asTheAgent) {
        try {
            Rate rate = DiskTrial.in(folder);
            return List.of(CacheRules.room(volume), CacheRules.speed(volume.folder(), rate));
        } catch (IOException e) {
            String trouble = "cannot be written (" + Trouble.of(e) + ")";
            CacheRules.Volume found = asTheAgent
                    ? new CacheRules.Volume(volume.folder(), volume.free(), volume.whole(), Optional.of(trouble))
                    : volume;
            return List.of(CacheRules.room(found), CacheRules.untried(volume.folder() + " " + trouble));
        }
    }

    /** What the rights say about another user, as whom nothing can be tried here; of other systems' rights nothing. */
    private static Optional<String> rights(Path folder, String user) throws IOException {
        if (user.equals("root")
                || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        String owner = Files.getOwner(folder).getName();
        return owner.equals(user)
                        || Files.getPosixFilePermissions(folder).stream().anyMatch(FOR_MORE::contains)
                ? Optional.empty()
                : Optional.of("belongs to " + owner + ", while the agent runs as " + user);
    }
}
