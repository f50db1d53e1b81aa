package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.byway.core.content.Digest;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.torrent.Torrent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The whole of {@code byway get} with an agent of its own, against an origin on loopback. */
class GetWithOwnAgentTest {
    private static final byte[] CONTENT = "what is at the URL".getBytes(StandardCharsets.US_ASCII);
    private static final String OFFLINE = "lan.discovery=off";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer origin;

    @BeforeEach
    void serve() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.createContext("/", exchange -> {
            try (exchange) {
                boolean there = exchange.getRequestURI().getPath().startsWith("/there");
                exchange.sendResponseHeaders(there ? 200 : 404, there ? CONTENT.length : -1);
                if (there) {
                    exchange.getResponseBody().write(CONTENT);
                }
            }
        });
        origin.start();
    }

    @AfterEach
    void stop() {
        origin.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + origin.getAddress().getPort() + path;
    }

    private CommandRun get(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "get";
        all[1] = "--set";
        all[2] = OFFLINE;
        all[3] = "--set";
        all[4] = "peer.port=0";
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return CommandRun.in(folder, all);
    }

    @Test
    void aUrlBecomesAFileWithOneClosingLine() {
        CommandRun run = get(url("/there.bin"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("there.bin")).hasBinaryContent(CONTENT);
        assertThat(run.err().strip()).matches("there.bin: 18 B in .* s: 100 % from the origin");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void jsonIsExactlyOneObjectWhoseSourcesAddUp() {
        CommandRun run = get(url("/there.bin"), "--json");
        ObjectNode json = run.json();
        assertThat(json.get("bytes").asLong()).isEqualTo(CONTENT.length);
        assertThat(json.get("sources").get("origin").asLong()).isEqualTo(CONTENT.length);
        assertThat(json.get("file").asString())
                .isEqualTo(folder.resolve("there.bin").toString());
        assertThat(json.get("reasons").get(0).get("code").asString()).isEqualTo("NO_MANIFEST");
    }

    @Test
    void aMissingFileIsAFailureThatSaysSoAndLeavesNothing() {
        CommandRun run = get(url("/nothing.bin"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("404");
        assertThat(folder.resolve("nothing.bin")).doesNotExist();
        assertThat(folder.resolve("nothing.bin.part")).doesNotExist();
        assertThat(get(url("/nothing.bin"), "--json")
                        .json()
                        .get("error")
                        .get("kind")
                        .asString())
                .isEqualTo("HTTP_404");
    }

    @Test
    void aListIsFetchedToTheEndThoughOneOfItFails() throws IOException {
        Files.writeString(
                folder.resolve("list"),
                "# three\n" + url("/there/a") + "\n" + url("/nothing") + "\n" + url("/there/b") + " sub/c\n");
        CommandRun run = get("-i", "list");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("a")).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("sub/c")).hasBinaryContent(CONTENT);
        assertThat(run.err()).contains("nothing: ").contains("404");
    }

    @Test
    void whyTellsOfItAfterwardsWithoutAnAgent() {
        get(url("/there.bin"));
        CommandRun why = CommandRun.in(folder, "why", "there.bin");
        assertThat(why.exitCode()).isZero();
        assertThat(why.out()).contains("NO_MANIFEST").contains("origin").contains("what to do");
        assertThat(CommandRun.in(folder, "why", url("/there.bin") + "?token=x").exitCode())
                .isZero();
    }

    @Test
    void headerFieldsComeFromAFile() throws IOException {
        Files.writeString(folder.resolve("secret"), "Authorization: Bearer abc\n");
        CommandRun run = get(url("/there.bin"), "--header", "@" + folder.resolve("secret"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("warning");
        assertThat(CommandRun.in(folder, "why").out()).contains("PRIVATE_BY_REQUEST");
    }

    @Test
    void aWrongDigestDeliversNothing() {
        CommandRun run = get(url("/there.bin"), "--sha256", "00".repeat(32));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("DIGEST_MISMATCH");
        assertThat(CommandRun.in(folder, "why").out())
                .contains("DIGEST_MISMATCH")
                .doesNotContain("was here already");
        assertThat(folder.resolve("there.bin")).doesNotExist();
    }

    private Path torrentOf(byte[] content, String name, String... seeds) throws IOException {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(ByteBuffer.wrap(content));
        List<URI> urls = Stream.of(seeds).map(URI::create).toList();
        Torrent torrent = new Torrent(new SafeName(name), hasher.finish().layer(), urls);
        return Files.write(folder.resolve(name + ".torrent"), torrent.write());
    }

    @Test
    void aTorrentSaysWhatTheFileIsAndWhereAndTheNextSeedIsAskedWhenOneFails() throws IOException {
        torrentOf(CONTENT, "named.bin", url("/nothing"), url("/there"));
        CommandRun run = get("named.bin.torrent", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("named.bin")).hasBinaryContent(CONTENT);
        assertThat(run.json().get("contentId").asString()).endsWith(":" + CONTENT.length);
    }

    @Test
    void otherBytesThanTheTorrentsAreNotDelivered() throws IOException {
        torrentOf("what was at the UR".getBytes(StandardCharsets.US_ASCII), "other.bin", url("/there"));
        CommandRun run = get("other.bin.torrent");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("did not match its digest");
        assertThat(folder.resolve("other.bin")).doesNotExist();
    }

    @Test
    void aTorrentWithoutAServerOrThatIsNoneIsSaid() throws IOException {
        torrentOf(CONTENT, "alone.bin");
        assertThat(get("alone.bin.torrent").err()).contains("no HTTP server").contains("--manifest");
        assertThat(get(url("/there.bin"), "--manifest", "alone.bin.torrent").exitCode())
                .isZero();
        assertThat(get("nowhere.torrent").err()).contains("there is no file").contains("nowhere.torrent");
        Files.writeString(folder.resolve("none.torrent"), "<html>");
        CommandRun none = get("none.torrent");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("none.torrent: the torrent cannot be read");
    }

    @Test
    void aMetalinksFilesAreFetchedAndProved() throws IOException {
        String right = Digest.sha256(CONTENT).toString();
        Files.writeString(folder.resolve("two.meta4"), """
                <metalink xmlns="urn:ietf:params:xml:ns:metalink">
                  <file name="good.bin"><hash type="sha-256">%s</hash><url priority="1">%s</url><url priority="2">%s</url></file>
                  <file name="bad.bin"><hash type="sha-256">%s</hash><url>%s</url></file>
                </metalink>""".formatted(
                        right, url("/nothing"), url("/there"), "00".repeat(32), url("/there")));
        CommandRun run = get("two.meta4");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("good.bin")).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("bad.bin")).doesNotExist();
        assertThat(run.err()).contains("bad.bin: ").contains("DIGEST_MISMATCH").contains("1 file, ");
    }

    @Test
    void secretsDoNotGoToServersThatAFileNames() throws IOException {
        torrentOf(CONTENT, "named.bin", url("/there"));
        CommandRun run = get("named.bin.torrent", "--header", "Authorization: Bearer abc");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("whatever servers");
    }
}
