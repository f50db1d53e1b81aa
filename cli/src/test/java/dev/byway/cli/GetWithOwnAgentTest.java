package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
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
}
