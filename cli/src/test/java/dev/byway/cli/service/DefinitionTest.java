package dev.byway.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.core.policy.Platform;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the definitions of the service say, and that systemd understands its own. */
class DefinitionTest {
    private static final String ANALYZE = "systemd-analyze";

    @TempDir
    Path folder;

    private static Service service(ServiceRole role, Platform platform) {
        return new Service(role, platform, "/opt/by way/byway");
    }

    @Test
    void anAgentsUnitHasItsOwnUserAndFolderAndNoRights() {
        assertThat(service(ServiceRole.AGENT, Platform.LINUX).definition().lines())
                .contains(
                        "ExecStart=\"/opt/by way/byway\" agent --state /var/lib/byway --config /etc/byway/agent.yaml",
                        "User=byway",
                        "StateDirectory=byway",
                        "ProtectSystem=strict",
                        "NoNewPrivileges=yes",
                        "PrivateTmp=yes",
                        "SystemCallFilter=@system-service",
                        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK",
                        "MemoryDenyWriteExecute=no",
                        "Restart=on-failure",
                        "CapabilityBoundingSet=")
                .doesNotContain("AmbientCapabilities=CAP_NET_BIND_SERVICE");
    }

    @Test
    void aCoordinatorIsAnotherUserAndMayListenOn443() {
        assertThat(service(ServiceRole.COORDINATOR, Platform.LINUX).definition().lines())
                .contains(
                        "User=byway-coordinator",
                        "StateDirectory=byway-coordinator",
                        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                        "AmbientCapabilities=CAP_NET_BIND_SERVICE");
    }

    @Test
    void whatIsSpecialInAUnitsCommandLineIsWrittenSoThatItIsNot() {
        assertThat(SystemdUnit.word("/opt/byway")).isEqualTo("/opt/byway");
        assertThat(SystemdUnit.word("/a b/100%/$HOME")).isEqualTo("\"/a b/100%%/$$HOME\"");
        assertThat(SystemdUnit.word("say \"x\"")).isEqualTo("\"say \\\"x\\\"\"");
    }

    @ParameterizedTest
    @EnumSource(ServiceRole.class)
    void systemdTakesTheUnitAndCallsItSafe(ServiceRole role) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", ANALYZE)),
                "skipped: " + ANALYZE + " is not installed (apt install systemd)");
        Path unit = folder.resolve(role.unit() + ".service");
        Files.writeString(unit, new Service(role, Platform.LINUX, "/bin/true").definition());
        assertThat(run(ANALYZE, "verify", unit.toString())).isEmpty();
        // From 0, nothing can be done, to 10; above 3 it would no longer be called OK. Exit status 1 above the
        // threshold.
        run(ANALYZE, "security", "--offline=yes", "--threshold=25", "--no-pager", unit.toString());
    }

    @Test
    void aMisspeltUnitIsFound() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", ANALYZE)),
                "skipped: " + ANALYZE + " is not installed (apt install systemd)");
        Path unit = folder.resolve("byway.service");
        Files.writeString(
                unit,
                new Service(ServiceRole.AGENT, Platform.LINUX, "/bin/true")
                        .definition()
                        .replace("ProtectSystem", "ProtectSistem"));
        assertThat(run(ANALYZE, "verify", unit.toString())).contains("ProtectSistem");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void thePropertyListNamesEachArgumentAndAUserOfItsOwn() throws Exception {
        Service service = new Service(ServiceRole.AGENT, Platform.MACOS, "/opt/a&b/byway");
        assertThat(service.definitionFile()).isEqualTo("/Library/LaunchDaemons/dev.byway.agent.plist");
        assertThat(texts(service.definition(), "string"))
                .startsWith("dev.byway.agent", "/opt/a&b/byway", "agent", "--state")
                .contains("_byway", "/Library/Application Support/Byway");
    }

    @Test
    void theTaskStartsWithTheMachineAndHasNoTimeLimit() throws Exception {
        String task = new Service(ServiceRole.COORDINATOR, Platform.WINDOWS, "C:\\Program Files\\Byway\\byway.cmd")
                .definition();
        assertThat(texts(task, "Command")).containsExactly("\"C:\\Program Files\\Byway\\byway.cmd\"");
        assertThat(texts(task, "Arguments").getFirst()).startsWith("coordinator --state \"C:\\ProgramData\\Byway");
        assertThat(texts(task, "ExecutionTimeLimit")).containsExactly("PT0S");
        assertThat(texts(task, "UserId")).containsExactly("S-1-5-19");
        assertThat(texts(task, "BootTrigger")).hasSize(1);
    }

    private static List<String> texts(String xml, String tag) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document =
                factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        NodeList found = document.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
