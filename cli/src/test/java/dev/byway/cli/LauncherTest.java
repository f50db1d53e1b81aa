package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it lies in a release, with a Java runtime that only tells how it was called. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")),
                "skipped: the launcher needs bash, and /bin/bash is not there");
        Files.copy(Path.of(System.getProperty("byway.root", ".."), "byway"), folder.resolve("byway"));
        Files.createDirectories(folder.resolve("lib"));
        Files.createFile(folder.resolve("lib/byway-cli.jar"));
        executable(folder.resolve("byway"));
        java("25.0.3");
    }

    private void java(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(Files.writeString(bin.resolve("java"), """
                #!/bin/bash
                echo fake java
                printf '%s\\n' "$@"
                env | grep -c ^BYWAY_
                exit 7
                """));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> run(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("BYWAY_JAVA_OPTS", "-Dmine=1 -Dother=2");
        Process process = builder.start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(lines.toString()).isEqualTo(7);
        return lines;
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        return run(folder.resolve("byway"), arguments);
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        assertThat(run("get", "a b", "*", "", "--set", "x=$HOME"))
                .containsSequence("dev.byway.cli.Main", "get", "a b", "*", "", "--set", "x=$HOME");
    }

    @Test
    void theUsersFlagsReachTheRuntimeAndAreNoSettings() throws Exception {
        assertThat(run("status")).contains("-Dmine=1", "-Dother=2").endsWith("0");
    }

    @Test
    void theAgentIsLeanAndKeepsItsCompiler() throws Exception {
        assertThat(run("--state", "get", "agent"))
                .contains("-Xmx40m", "-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC")
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void whatHashesKeepsItsCompilerAndWhatIsShortDoesWithoutIt() throws Exception {
        for (String command : List.of("get", "publish", "coordinator", "cache", "demo")) {
            assertThat(run(command)).as(command).doesNotContain("-XX:TieredStopAtLevel=1");
        }
        assertThat(run("status")).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void theClassPathHasAnOrderAndWhatIsShortStartsFromTheCacheForIt() throws Exception {
        Files.createFile(folder.resolve("lib/another.jar"));
        Files.createFile(folder.resolve("lib/Last.jar"));
        assertThat(run("status")).noneMatch(flag -> flag.startsWith("-XX:AOTCache"));
        Path cache =
                Files.createFile(Files.createDirectory(folder.resolve("cache")).resolve("short.aot"));
        Path lib = folder.toRealPath().resolve("lib");
        assertThat(run("status"))
                .contains("-XX:AOTCache=" + cache.toRealPath())
                .contains(lib + "/Last.jar:" + lib + "/another.jar:" + lib + "/byway-cli.jar");
        assertThat(run("agent")).noneMatch(flag -> flag.startsWith("-XX:AOTCache"));
    }

    @Test
    void itIsFoundThroughLinks() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("byway"), Path.of("../byway"));
        assertThat(run(link, "status"))
                .contains(folder.toRealPath().resolve("lib/byway-cli.jar").toString());
    }

    @Test
    void aPackagesOwnRuntimeGoesFirst() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("runtime/bin"));
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25.0.3\"\n");
        executable(Files.writeString(bin.resolve("java"), "#!/bin/bash\necho own runtime\nexit 7\n"));
        assertThat(run("status")).containsExactly("own runtime");
    }

    @Test
    void aRuntimeOfAnotherVersionIsNotTaken() throws Exception {
        java("17.0.1");
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", folder.resolve("byway").toString(), "--version");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(out).doesNotContain("fake java");
    }
}
