package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.e2e.hostile.FileLiar;
import dev.byway.e2e.hostile.FileLie;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files of which only the digest is known, beside neighbours and origins that lie: each is named, and nothing wrong is delivered. */
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FalseFilesTest {
    private static final int LENGTH = 8 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What any neighbour's lie may cost, with what the file takes from the origin. */
    private static final double COST = 15;

    private Office office;
    private List<Device> devices;

    @BeforeAll
    void open(@TempDir Path home) throws Exception {
        office = Office.open(home, new Lab.Speed(200, 50));
        devices = office.devices(2);
        Office.start(devices);
        PublishedFile known = office.publish("known.bin", 1 << 20);
        for (Device device : devices) {
            fetch(device, known);
        }
    }

    @AfterAll
    void close() {
        if (office != null) {
            office.close();
        }
    }

    private PublishedFile put(String name) throws IOException {
        byte[] content = PublishedFile.bytes(name, LENGTH);
        return PublishedFile.listed(office.origin(), name, content, Digest.sha256(content));
    }

    private static Fetched fetch(Device device, PublishedFile file) throws IOException {
        return Fetched.await(device, file, device.get(file), PATIENCE);
    }

    private static List<String> reasons(Device device, PublishedFile file) {
        return device.why(file)
                .path("reasons")
                .valueStream()
                .map(reason -> reason.path("code").asString() + " "
                        + reason.path("source").asString("") + " "
                        + reason.path("detail").asString(""))
                .toList();
    }

    // ---- neighbours ----

    @Test
    void aFalseTreeIsFoundByPiecesOfTheOrigin() throws Exception {
        Fetched fetched = beside(FileLie.FALSE_TREE, ReasonCode.PEER_FALSE_FILE);
        assertThat(fetched.origin()).isEqualTo(LENGTH);
    }

    @Test
    void aTreeThatIsTrueButForOnePieceIsFoundByTheWhole() throws Exception {
        Fetched fetched = beside(FileLie.ALMOST_TRUE_TREE, ReasonCode.PEER_FALSE_FILE);
        assertThat(fetched.origin()).isEqualTo(LENGTH);
        assertThat(fetched.wasted()).as("one transfer in vain at the most").isLessThanOrEqualTo(LENGTH);
    }

    @Test
    void falseBlocksOfATrueTreeAreDropped() throws Exception {
        beside(FileLie.FALSE_BLOCKS, ReasonCode.PEER_SENT_BAD_BYTES);
    }

    @Test
    void whoNeverGivesItsTreeIsLeft() throws Exception {
        beside(FileLie.SILENT, ReasonCode.PEER_CLAIMED_NEVER_SENT);
    }

    @Test
    void falseProgressDelaysAndDoesNoMore() throws Exception {
        beside(FileLie.FALSE_PROGRESS, ReasonCode.WAITED);
    }

    private Fetched beside(FileLie lie, ReasonCode code) throws IOException {
        PublishedFile file = put("beside-" + lie + ".iso");
        Device foe = office.device();
        Host enemy = foe.host();
        try (Running liar = enemy.spawn(FileLiar.command(foe.state(), lie, file.path()))) {
            liar.awaitLine("ready ", PATIENCE);
            Device victim = devices.getFirst();
            liar.awaitLine("linked ", PATIENCE);
            Fetched fetched = fetch(victim, file);
            System.out.printf(
                    "%s: %.1f s, %d bytes in vain, origin sent %.2f × the file; why: %s%n",
                    lie,
                    fetched.seconds(),
                    fetched.wasted(),
                    (double) office.origin().sent(file.name()) / LENGTH,
                    reasons(victim, file));
            assertThat(liar.output()).contains("asked ");
            assertThat(reasons(victim, file)).anyMatch(reason -> reason.startsWith(code + " "));
            assertThat(reasons(victim, file).stream().filter(reason -> reason.startsWith(code + " ")))
                    .as("who it was")
                    .anyMatch(reason -> reason.contains(":7680"));
            assertThat(fetched.seconds()).isLessThan(COST);
            Running verify = victim.run("cache", "verify");
            assertThat(verify.awaitEnd(PATIENCE)).as(verify::output).isZero();
            return fetched;
        }
    }

    // ---- origins ----

    @Test
    void aWrongDigestAtTheOriginIsNamedAndNothingIsShared() throws Exception {
        byte[] content = PublishedFile.bytes("wrong.iso", LENGTH);
        PublishedFile file =
                PublishedFile.listed(office.origin(), "wrong/wrong.iso", content, Digest.sha256(new byte[] {1}));
        for (Device device : devices) {
            Fetched fetched = fetch(device, file);
            assertThat(fetched.origin()).isEqualTo(LENGTH);
            assertThat(reasons(device, file)).anyMatch(r -> r.startsWith(ReasonCode.DIGEST_MISMATCH + " origin.lab"));
        }
    }

    @Test
    void aFileThatChangesWhileItsListDoesNotIsTheOriginsFault() throws Exception {
        PublishedFile file = put("changing/a.iso");
        fetch(devices.getFirst(), file);
        Files.write(file.path(), PublishedFile.bytes("another", LENGTH));
        Fetched fetched = fetch(devices.getLast(), file);

        assertThat(fetched.origin()).isEqualTo(LENGTH);
        assertThat(reasons(devices.getLast(), file))
                .anyMatch(reason -> reason.startsWith(ReasonCode.DIGEST_MISMATCH + " origin.lab"))
                .anyMatch(reason -> reason.startsWith(ReasonCode.PEER_FILE_DOUBTED + " "))
                .noneMatch(reason -> reason.startsWith(ReasonCode.PEER_FALSE_FILE + " "));
    }

    @Test
    void aChangedFileWithItsListIsAnotherFile() throws Exception {
        PublishedFile file = put("latest/latest.iso");
        fetch(devices.getFirst(), file);
        byte[] next = PublishedFile.bytes("next", LENGTH);
        Files.writeString(file.path().resolveSibling("SHA256SUMS"), Digest.sha256(next) + "  latest.iso\n");
        Files.write(file.path(), next);
        Device fresh = office.device();
        try (Running agent = fresh.startAgent()) {
            assertThat(fetch(fresh, file).origin()).isEqualTo(LENGTH);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void anOriginThatAnswersEverythingHasNoDigests() throws Exception {
        Path page = office.origin().file("soft/page.html");
        Files.createDirectories(page.getParent());
        Files.writeString(page, "<html>" + Digest.sha256(new byte[] {1}) + "  file.iso</html>");
        Path path = Files.write(office.origin().file("soft/file.iso"), PublishedFile.bytes("soft", LENGTH));
        PublishedFile file = new PublishedFile("soft/file.iso", office.origin().url("soft/file.iso"), path, LENGTH);
        long before = office.origin().requests();
        assertThat(fetch(devices.getFirst(), file).origin()).isEqualTo(LENGTH);
        assertThat(fetch(devices.getLast(), file).origin()).isEqualTo(LENGTH);

        System.out.println("requests for two downloads: " + (office.origin().requests() - before));
        assertThat(office.origin().requests() - before).isLessThan(40);
        assertThat(reasons(devices.getLast(), file)).anyMatch(r -> r.startsWith(ReasonCode.NO_MANIFEST + " "));
    }

    @Test
    void aListAtAnotherOriginIsNotBelieved() throws Exception {
        PublishedFile file = put("elsewhere/file.iso");
        for (Device device : devices) {
            assertThat(fetch(device, file).origin()).isEqualTo(LENGTH);
            assertThat(reasons(device, file))
                    .anyMatch(reason -> reason.startsWith(ReasonCode.MANIFEST_REFUSED_NOT_VOUCHED + " "));
        }
    }

    @Test
    void whatIsForOneUserIsNotShared() throws Exception {
        PublishedFile file = put("private/file.iso");
        for (Device device : devices) {
            assertThat(fetch(device, file).origin()).isEqualTo(LENGTH);
            assertThat(reasons(device, file))
                    .anyMatch(reason -> reason.startsWith(ReasonCode.PRIVATE_BY_REQUEST + " ")
                            && reason.contains("private-cache-private"));
        }
    }
}
