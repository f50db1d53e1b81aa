package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request holds that is nobody else's business (a token in the query, a password, a cookie) reaches the origin alone: not the
 * coordinator, not the neighbours, not the log, not the disk. Nothing that was so fetched is shared.
 */
@Tag("netns")
class SecretsTest {
    private static final int LENGTH = 3 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> SECRETS = List.of("q9TokenInQuery", "w8Password", "e7Cookie", "r6ApiKey");

    @TempDir
    Path home;

    @Test
    void whatIsPrivateReachesTheOriginAlone() throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(0, 0));
                FleetService fleet = office.fleet(
                        "learn.origins=" + Lab.ORIGIN,
                        "origin.ca=" + office.origin().authority())) {
            PublishedFile file = PublishedFile.at(office.origin(), "private.bin", LENGTH, 1);
            Files.delete(office.origin().file("private.bin.byway"));
            List<Device> devices = office.devices(2);
            fleet.admit(devices);
            List<Running> agents = Office.start(devices);

            List<Running> all = new ArrayList<>(agents);
            for (Device device : devices) {
                for (List<String> request : requests(file, device.state().resolveSibling("out.bin"))) {
                    Running get = device.run(request.toArray(String[]::new));
                    assertThat(get.awaitEnd(PATIENCE)).as(get::errors).isZero();
                    all.add(get);
                    assertThat(get.output()).contains("\"origin\":" + LENGTH);
                }
            }
            for (Device device : devices) {
                for (List<String> look : List.of(
                        List.of("status", "--json"), List.of("peers", "--json"), List.of("cache", "list", "--json"))) {
                    Running seen = device.run(look.toArray(String[]::new));
                    assertThat(seen.awaitEnd(PATIENCE)).as(seen::errors).isZero();
                    all.add(seen);
                }
            }

            all.forEach(program -> SECRETS.forEach(secret -> assertThat(program.output() + program.errors())
                    .as("what a program printed")
                    .doesNotContain(secret)));
            assertThat(filesWith(home)).isEmpty();
        }
    }

    private static List<List<String>> requests(PublishedFile file, Path out) {
        String url = file.url().toString();
        return List.of(
                get(out, url + "?token=q9TokenInQuery"),
                get(out, url.replace("https://", "https://user:w8Password@")),
                get(out, url, "--header", "Cookie: session=e7Cookie"),
                get(out, url, "--header", "X-Api-Key: r6ApiKey"));
    }

    private static List<String> get(Path out, String url, String... more) {
        List<String> command = new ArrayList<>(List.of("get", url, "--json", "--force", "-o", out.toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** All files that anybody but the origin wrote and that hold a secret. */
    private static List<Path> filesWith(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> !path.startsWith(home.resolve("origin")))
                    .filter(SecretsTest::holdsASecret)
                    .toList();
        }
    }

    private static boolean holdsASecret(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return SECRETS.stream().anyMatch(text::contains);
        } catch (IOException _) {
            return false;
        }
    }
}
