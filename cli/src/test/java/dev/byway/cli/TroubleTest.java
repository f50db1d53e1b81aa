package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.cli.command.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The program itself, in processes of its own, when something goes wrong around it. */
@Timeout(180)
class TroubleTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private SlowOrigin origin;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "skipped: signals, mounts and /dev/full are used as Linux has them");
        origin = new SlowOrigin();
    }

    @AfterEach
    void stop() {
        origin.close();
    }

    private List<String> program(String... arguments) {
        List<String> all = ProgramRun.command(arguments);
        all.addAll(List.of(
                "--state", folder.resolve("state").toString(), "--set", "lan.discovery=off", "--set", "peer.port=0"));
        return all;
    }

    private List<String> get(String... more) {
        List<String> all = new ArrayList<>(program("get", origin.url()));
        all.addAll(List.of(more));
        return all;
    }

    private ProgramRun start(List<String> command) {
        return ProgramRun.start(folder, command);
    }

    private ProgramRun agent() {
        ProgramRun agent = start(program("agent"));
        agent.await(() -> agent.out().contains("ready "));
        return agent;
    }

    private ObjectNode report(ProgramRun run) throws InterruptedException {
        assertThat(run.end()).as(run.out() + run.err()).isZero();
        assertThat(folder.resolve("file.bin")).hasBinaryContent(origin.content);
        ObjectNode json = Json.parse(run.out().strip());
        long sum = 0;
        for (var each : json.get("sources")) {
            sum += each.asLong();
        }
        assertThat(json.get("bytes").asLong()).isEqualTo(sum);
        return json;
    }

    private void interruptInTheMiddle() throws Exception {
        try (ProgramRun get = start(get())) {
            get.await(() -> origin.sent() >= SlowOrigin.LENGTH / 2
                    && Files.exists(folder.resolve("file.bin.part"))
                    && size("file.bin.part") >= SlowOrigin.LENGTH / 4);
            get.interrupt();
            assertThat(get.end()).isEqualTo(130);
            assertThat(get.err()).contains("byway: stopped at ").contains("the same command goes on from there");
        }
        assertThat(folder.resolve("file.bin")).doesNotExist();
        assertThat(folder.resolve("file.bin.part")).doesNotExist();
    }

    private long size(String name) {
        return folder.resolve(name).toFile().length();
    }

    private void assertGoesOnWhereItStopped() throws Exception {
        origin.goOn();
        try (ProgramRun again = start(get("--json"))) {
            ObjectNode json = report(again);
            assertThat(json.get("held").asLong()).isPositive();
            assertThat(json.get("held").asLong() + json.get("bytes").asLong()).isEqualTo(SlowOrigin.LENGTH);
        }
        assertThat(origin.asked()).hasSize(2);
        assertThat(origin.asked().getLast()).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void afterCtrlCTheSameCommandGoesOnWhereItStopped() throws Exception {
        interruptInTheMiddle();
        assertGoesOnWhereItStopped();
    }

    @Test
    void afterCtrlCAnAgentThatRunsHasStoppedToFetchAndKeepsWhatCame() throws Exception {
        try (ProgramRun agent = agent()) {
            interruptInTheMiddle();
            assertGoesOnWhereItStopped();
            assertThat(agent.err()).isEmpty();
        }
    }

    @Test
    void twoCommandsForOneUrlFetchItOnceWithoutAnAgent() throws Exception {
        try (ProgramRun first = start(get("-o", "a"))) {
            first.await(() -> origin.sent() > 0);
            bothFinish(first);
        }
    }

    @Test
    void twoCommandsForOneUrlFetchItOnceThroughAnAgent() throws Exception {
        try (ProgramRun agent = agent();
                ProgramRun first = start(get("-o", "a"))) {
            first.await(() -> origin.sent() > 0);
            bothFinish(first);
            assertThat(agent.err()).isEmpty();
        }
    }

    private void bothFinish(ProgramRun first) throws Exception {
        try (ProgramRun second = start(get("-o", "b"))) {
            second.await(() -> size("b.part") > 0);
            origin.goOn();
            assertThat(first.end()).as(first.err()).isZero();
            assertThat(second.end()).as(second.err()).isZero();
        }
        assertThat(folder.resolve("a")).hasBinaryContent(origin.content);
        assertThat(folder.resolve("b")).hasBinaryContent(origin.content);
        assertThat(origin.asked()).containsExactly("");
    }

    @Test
    void whenTheAgentIsKilledTheCommandGoesOnByItself() throws Exception {
        try (ProgramRun agent = agent();
                ProgramRun get = start(get("--json"))) {
            get.await(() -> size("file.bin.part") > 0);
            agent.kill();
            get.await(() -> get.err().contains("going on without it"));
            origin.goOn();
            report(get);
        }
    }

    @Test
    void aSecondAgentSaysWhoHasTheFolder() throws Exception {
        try (ProgramRun agent = agent();
                ProgramRun second = start(program("agent"))) {
            assertThat(second.end()).isEqualTo(1);
            assertThat(second.err()).contains("is in use by process").contains("--state");
            assertThat(agent.err()).isEmpty();
        }
    }

    private List<String> shell(String script, List<String> command) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        all.addAll(command);
        return all;
    }

    @Test
    void anAnswerThatIsLostIsAFailureAndOneThatNobodyWantsIsNone() throws Exception {
        try (ProgramRun full = start(shell("\"$@\" > /dev/full", program("completion")));
                ProgramRun head = start(shell("\"$@\" | head -n 1; exit 0", program("completion")))) {
            assertThat(full.end()).isEqualTo(1);
            assertThat(full.err()).contains("standard output could not be written");
            assertThat(head.end()).isZero();
            assertThat(head.err()).isEmpty();
        }
    }

    @Test
    void aStateFolderThatCannotBeMadeKeepsNoFileFromItsDestination() throws Exception {
        origin.goOn();
        Files.createFile(folder.resolve("state"));
        try (ProgramRun get = start(get("--json"))) {
            assertThat(report(get).get("reasons").toString()).contains("STORE_UNAVAILABLE");
        }
    }

    // ---- disks, for root ----

    private ProgramRun onTmpfs(String options, String script, List<String> command) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        String mount = "mount -t tmpfs -o " + options + " none " + disk + " && " + script;
        List<String> all = new ArrayList<>(List.of("unshare", "-m"));
        all.addAll(shell(mount, command));
        return start(all);
    }

    private static void assumeMounts() throws Exception {
        boolean may = "root".equals(System.getProperty("user.name"))
                && new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0;
        assumeTrue(may, "skipped: needs root and unshare(1), for disks of its own");
    }

    private List<String> getWithCacheOnDisk(String... more) {
        List<String> all = get(more);
        all.addAll(List.of("--set", "cache.dir=" + folder.resolve("disk/cache")));
        return all;
    }

    @Test
    void aFullCacheDiskKeepsNoFileFromItsDestination() throws Exception {
        assumeMounts();
        origin.goOn();
        try (ProgramRun get = onTmpfs("size=2m", "exec \"$@\"", getWithCacheOnDisk("--json"))) {
            assertThat(report(get).get("reasons").toString()).contains("STORE_FULL");
        }
    }

    @Test
    void aReadOnlyCacheDiskKeepsNoFileFromItsDestination() throws Exception {
        assumeMounts();
        origin.goOn();
        try (ProgramRun get = onTmpfs("ro", "exec \"$@\"", getWithCacheOnDisk())) {
            assertThat(get.end()).as(get.err()).isZero();
            assertThat(get.err())
                    .contains("100 % from the origin")
                    .contains("read-only")
                    .contains("STORE_UNAVAILABLE");
            assertThat(folder.resolve("file.bin")).hasBinaryContent(origin.content);
        }
    }

    @Test
    void aFullDestinationIsSaidBeforeAndLosesNothing() throws Exception {
        assumeMounts();
        origin.goOn();
        try (ProgramRun get = onTmpfs("size=1m", "exec \"$@\"", get("-o", "disk/file.bin", "--json"))) {
            assertThat(get.end()).isEqualTo(1);
            assertThat(get.err()).contains("the file needs 6 MB").contains("free some space");
            assertThat(Json.parse(get.out().strip()).get("error").get("kind").asString())
                    .isEqualTo("DISK_FULL");
        }
    }

    @Test
    void aDestinationThatFillsUpMeanwhileIsSaidAndTheSameCommandGoesOn() throws Exception {
        assumeMounts();
        String fill = "(\"$@\"; echo \"exit $?\" >&2) & while [ ! -s disk/file.bin.part ]; do :; done;"
                + " head -c 20m /dev/zero > disk/filler; wait";
        try (ProgramRun get = onTmpfs("size=8m", fill, get("-o", "disk/file.bin"))) {
            get.await(() -> get.err().contains("No space left") || get.err().contains("head:"));
            origin.goOnABit();
            get.end();
            assertThat(get.err())
                    .contains("is full")
                    .contains("the same command goes on from there")
                    .contains("exit 1");
        }
        origin.goOn();
        try (ProgramRun again = start(get("--json"))) {
            assertThat(report(again).get("held").asLong()).isPositive();
        }
    }

    /** Root that has laid down its right to write anywhere: a user as any other, who may read the class path. */
    @Test
    void portsAreThoseOfTheAgentThatRuns() throws Exception {
        try (ProgramRun agent = agent()) {
            String port = agent.out().replaceFirst("(?s).* port (\\d+).*", "$1");
            assertThat(firstPort(start(ports()))).isEqualTo(Integer.parseInt(port));
            assertThat(firstPort(start(ports("--set", "peer.port=7777")))).isEqualTo(7777);
            agent.interrupt();
            agent.end();
        }
        assertThat(firstPort(start(ports()))).isEqualTo(7680);
    }

    private List<String> ports(String... more) {
        List<String> all = ProgramRun.command(
                "ports", "--json", "--state", folder.resolve("state").toString());
        all.addAll(List.of(more));
        return all;
    }

    private static int firstPort(ProgramRun run) throws InterruptedException {
        try (run) {
            assertThat(run.end()).as(run.err()).isZero();
            return Json.parse(run.out().strip())
                    .path("rules")
                    .get(0)
                    .path("port")
                    .asInt();
        }
    }

    @Test
    void aFolderThatTakesNoFilesOfThisUserIsSaid() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "skipped: needs root and setpriv(1), to lay a right down");
        origin.goOn();
        Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        List<String> all = new ArrayList<>(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        all.addAll(get("-o", "closed/"));
        try (ProgramRun get = start(all)) {
            assertThat(get.end()).isEqualTo(1);
            assertThat(get.err()).contains("cannot write into").contains("choose another folder with -o");
        }
    }
}
