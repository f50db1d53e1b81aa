package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.byway.core.policy.SettingProblem.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    private static SettingsReader reader() {
        return new SettingsReader(Platform.LINUX);
    }

    private static List<SettingProblem> problemsOf(SettingsReader reader) {
        return catchThrowableOfType(SettingsException.class, reader::read).problems();
    }

    @Test
    void theStrongestLayerDecidesWhateverTheOrderOfTheCalls() {
        SettingsReader reader = reader().commandLine(List.of("peer.port=5"))
                .environment(Map.of("BYWAY_PEER_PORT", "4", "BYWAY_UPLOAD_SLOTS", "14"))
                .file("byway.yaml", Map.of("peer.port", 3, "upload.slots", 13, "peer.links", 23))
                .fleet(Map.of("peer.port", 2, "upload.slots", 12, "peer.links", 22, "lan.discovery", false));

        EffectiveSettings settings = reader.read();

        assertThat(settings.value(Settings.PEER_PORT).toString()).isEqualTo("peer.port=5 (command line)");
        assertThat(settings.value(Settings.UPLOAD_SLOTS).toString()).isEqualTo("upload.slots=14 (BYWAY_UPLOAD_SLOTS)");
        assertThat(settings.value(Settings.PEER_LINKS).toString()).isEqualTo("peer.links=23 (byway.yaml)");
        assertThat(settings.value(Settings.LAN_DISCOVERY).toString()).isEqualTo("lan.discovery=off (fleet)");
        assertThat(settings.value(Settings.API_PORT).toString()).isEqualTo("api.port=0 (default)");
        assertThat(settings.all()).hasSameSizeAs(Settings.TABLE.all());
    }

    @Test
    void filesMayNestAndList() {
        EffectiveSettings settings = reader().file(
                        "f",
                        Map.of(
                                "peer", Map.of("port", 1234, "allowAnonymous", true),
                                "trust", Map.of("publishers", List.of("key one", "key two")),
                                "DODownloadMode", "group"))
                .read();
        assertThat(settings.get(Settings.PEER_PORT)).isEqualTo(1234);
        assertThat(settings.get(Settings.PEER_ANONYMOUS)).isTrue();
        assertThat(settings.get(Settings.TRUSTED_PUBLISHERS)).containsExactly("key one", "key two");
        assertThat(settings.get(Settings.DOWNLOAD_MODE)).isEqualTo(DownloadMode.GROUP);
    }

    @Test
    void allMistakesAreReportedAtOnceWithPlaceAndRemedy() {
        List<SettingProblem> problems = problemsOf(reader().file(
                        "/etc/byway.yaml",
                        Map.of("peer.prot", 7680, "DOMaxUploadBandwidth", 10),
                        Map.of("peer.prot", 3))
                .environment(Map.of("BYWAY_DODOWNLOADMODE", "7"))
                .commandLine(List.of("coordinator.token=s3cret", "peer.port", "dodownloadmode=1")));

        assertThat(problems)
                .extracting(SettingProblem::message)
                .containsExactlyInAnyOrder(
                        "peer.prot (/etc/byway.yaml line 3) is not a setting; did you mean peer.port?",
                        "DOMaxUploadBandwidth (/etc/byway.yaml) is retired; use upload.limit",
                        "DODownloadMode (BYWAY_DODOWNLOADMODE) cannot be '7': not one of them; allowed is 0 (http-only), "
                                + "1 (lan), 2 (group), 3 (internet), 99 (simple), 100 (bypass)",
                        "coordinator.token (command line) is secret, and every user of this machine can read command "
                                + "lines; give it in the variable BYWAY_COORDINATOR_TOKEN, in a configuration file that "
                                + "only you can read, in a file named by coordinator.token-file, or on the standard "
                                + "input of byway join -",
                        "--set peer.port: write name=value",
                        "dodownloadmode (command line) is not a setting; did you mean DODownloadMode?");
        assertThat(problems)
                .extracting(SettingProblem::kind)
                .contains(Kind.UNKNOWN, Kind.RETIRED, Kind.BAD_VALUE, Kind.SECRET_IN_THE_OPEN, Kind.MALFORMED);
        assertThat(problems.getFirst().from()).isEqualTo(new Provenance.CommandLine());
    }

    @Test
    void aSecretIsNeverShown() {
        EffectiveSettings settings = reader().environment(Map.of("BYWAY_COORDINATOR_TOKEN", "hunter2"))
                .read();
        assertThat(settings.get(Settings.COORDINATOR_TOKEN).orElseThrow().reveal())
                .isEqualTo("hunter2");
        assertThat(settings.value(Settings.COORDINATOR_TOKEN).toString()).doesNotContain("hunter2");
        assertThat(settings.get(Settings.COORDINATOR_TOKEN).toString()).doesNotContain("hunter2");
        assertThat(settings.all().toString()).doesNotContain("hunter2");

        List<SettingProblem> problems =
                problemsOf(reader().environment(Map.of("BYWAY_COORDINATOR_TOKEN", "hunter2\u0000")));
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void aSecretOnTheCommandLineIsNotRepeatedInTheMessage() {
        assertThat(problemsOf(reader().commandLine(List.of("coordinator.token=hunter2")))
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void theFleetNeverStopsADeviceAndNeverDecidesWhatIsNotItsOwn() {
        EffectiveSettings settings = reader().fleet(Map.of(
                        "coordinator.url", "https://evil.example",
                        "settingOfNextYear", 1,
                        "DODownloadMode", 7,
                        "upload.slots", 3))
                .read();
        assertThat(settings.get(Settings.COORDINATOR_URL)).isEmpty();
        assertThat(settings.get(Settings.DOWNLOAD_MODE)).isEqualTo(DownloadMode.LAN);
        assertThat(settings.get(Settings.UPLOAD_SLOTS)).isEqualTo(3);
        assertThat(settings.warnings())
                .extracting(SettingProblem::kind)
                .containsExactlyInAnyOrder(Kind.NOT_FOR_THE_FLEET, Kind.UNKNOWN, Kind.BAD_VALUE);
    }

    @Test
    void variablesThatOthersPutThereAreWarningsWithTheNearestName() {
        EffectiveSettings settings = reader().environment(Map.of(
                        "BYWAY_SERVICE_HOST", "10.0.0.1",
                        "BYWAY_PEER_PROT", "1",
                        "BYWAY_STATE", "/var/lib/byway",
                        "HOME", "/root"))
                .read();
        assertThat(settings.warnings())
                .extracting(SettingProblem::message)
                .hasSize(2)
                .contains("The variable BYWAY_PEER_PROT names no setting; the nearest is BYWAY_PEER_PORT");
    }

    @Test
    void valuesThatAreNoValuesAreMistakesOfTheFile() {
        Map<String, Object> document = new HashMap<>();
        document.put("peer.port", null);
        document.put("trust.publishers", List.of("a,b"));
        assertThat(problemsOf(reader().file("f", document)))
                .extracting(SettingProblem::kind)
                .containsExactly(Kind.MALFORMED, Kind.MALFORMED);
    }

    @Test
    void depthAndNumberOfValuesAreBounded() {
        Map<String, Object> deep = Map.of("a", "b");
        for (int i = 0; i < 100; i++) {
            deep = Map.of("n", deep);
        }
        Map<String, Object> wide = new HashMap<>();
        for (int i = 0; i < 2 * SettingTree.MAX_VALUES; i++) {
            wide.put("n" + i, i);
        }
        assertThat(problemsOf(reader().file("f", deep))).hasSize(1);
        assertThat(problemsOf(reader().file("f", wide))).hasSize(SettingTree.MAX_VALUES + 1);
    }

    @Test
    void theLineIsPartOfTheProvenance() {
        EffectiveSettings settings = reader().file("f", Map.of("peer", Map.of("port", 1)), Map.of("peer.port", 9))
                .read();
        assertThat(settings.value(Settings.PEER_PORT).from()).isEqualTo(new Provenance.File("f", OptionalInt.of(9)));
    }

    @Test
    void anOptionThatStandsForASettingGoesBeforeAllElse() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX);
        EffectiveSettings changed = settings.with(Settings.DOWNLOAD_MODE, DownloadMode.HTTP_ONLY);
        assertThat(changed.get(Settings.DOWNLOAD_MODE)).isEqualTo(DownloadMode.HTTP_ONLY);
        assertThat(changed.value(Settings.DOWNLOAD_MODE).from()).isEqualTo(new Provenance.CommandLine());
        assertThat(settings.get(Settings.DOWNLOAD_MODE)).isEqualTo(DownloadMode.LAN);
    }
}
