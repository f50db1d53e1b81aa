package dev.byway.cli.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.GlobalOptions;
import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SettingLayersTest {
    @TempDir
    Path folder;

    @Command
    private static final class Holder {
        @Mixin
        private final GlobalOptions options = new GlobalOptions();
    }

    private static GlobalOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.options;
    }

    private Surroundings surroundings(Platform platform, boolean privileged, Map<String, String> variables) {
        return new Surroundings(platform, variables, Path.of("/home/ann"), privileged, folder);
    }

    private EffectiveSettings read(Map<String, String> variables, String... arguments) {
        return SettingLayers.read(options(arguments), folder, surroundings(Platform.LINUX, false, variables));
    }

    @Test
    void theStateFolderIsTheUsersOwnUnlessTold() {
        Surroundings ann = surroundings(Platform.LINUX, false, Map.of());
        assertThat(StateFolder.of(Optional.empty(), ann)).isEqualTo(Path.of("/home/ann/.local/state/byway"));
        assertThat(StateFolder.of(Optional.empty(), surroundings(Platform.LINUX, true, Map.of())))
                .isEqualTo(Path.of("/var/lib/byway"));
        assertThat(StateFolder.of(
                        Optional.empty(), surroundings(Platform.LINUX, false, Map.of("XDG_STATE_HOME", "/x"))))
                .isEqualTo(Path.of("/x/byway"));
        assertThat(StateFolder.of(Optional.empty(), surroundings(Platform.MACOS, false, Map.of())))
                .isEqualTo(Path.of("/home/ann/Library/Application Support/Byway"));
        Surroundings set = surroundings(Platform.LINUX, false, Map.of("BYWAY_STATE", "/env"));
        assertThat(StateFolder.of(Optional.empty(), set)).isEqualTo(Path.of("/env"));
        assertThat(StateFolder.of(Optional.of(Path.of("given")), set)).isEqualTo(folder.resolve("given"));
    }

    @Test
    void theCommandLineIsStrongerThanTheEnvironmentAndThatThanTheFile() throws IOException {
        Files.writeString(folder.resolve(SettingLayers.FILE), "peer:\n  port: 1111\n  links: 5\nupload.slots: 3\n");
        EffectiveSettings settings =
                read(Map.of("BYWAY_PEER_PORT", "2222", "BYWAY_PEER_LINKS", "6"), "--set", "peer.port=3333");
        assertThat(settings.get(Settings.PEER_PORT)).isEqualTo(3333);
        assertThat(settings.get(Settings.PEER_LINKS)).isEqualTo(6);
        assertThat(settings.get(Settings.UPLOAD_SLOTS)).isEqualTo(3);
    }

    @Test
    void aMistakeInTheFileNamesItsLineAndTheNearestSetting() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "# mine\npeer:\n  prot: 1111\n");
        assertThatThrownBy(() -> read(Map.of(), "--config", file.toString()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("my.yaml line 3")
                .hasMessageContaining("peer.port");
    }

    @Test
    void aFileThatIsNoYamlNamesItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "peer:\n  port: [1\n");
        assertThatThrownBy(() -> read(Map.of(), "--config", file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("my.yaml")
                .hasMessageContaining("line");
        Files.writeString(file, "just words");
        assertThatThrownBy(() -> read(Map.of(), "--config", file.toString())).hasMessageContaining("name: value");
    }

    @Test
    void aFileOfBombsIsNotUnfolded() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bomb.yaml"), "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n");
        assertThatThrownBy(() -> read(Map.of(), "--config", file.toString())).isInstanceOf(CommandException.class);
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThatThrownBy(() -> read(Map.of(), "--config", "none.yaml")).hasMessageContaining("none.yaml");
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        Files.writeString(folder.resolve(SettingLayers.FILE), "# nothing\n");
        assertThat(read(Map.of()).get(Settings.PEER_PORT)).isEqualTo(7680);
    }

    @Test
    void secretsAreRefusedOnTheCommandLineAndInFilesThatOthersCanRead() throws IOException {
        assertThatThrownBy(() -> read(Map.of(), "--set", "coordinator.token=abc"))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("abc");
        Path file = Files.writeString(folder.resolve("my.yaml"), "coordinator.token: abc\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> read(Map.of(), "--config", file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("abc");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(read(Map.of(), "--config", file.toString()).get(Settings.COORDINATOR_TOKEN))
                .isPresent();
    }

    @Test
    void theProfileTakesDeliveryOptimizationsDefaultsAndStrongerLayersDecide() {
        assertThat(read(Map.of(), "--profile", "microsoft")
                        .get(Settings.MIN_FILE_SIZE)
                        .bytes())
                .isEqualTo(50L << 20);
        assertThat(read(Map.of()).get(Settings.MIN_FILE_SIZE).bytes()).isEqualTo(1L << 20);
        assertThat(read(Map.of(), "--profile", "microsoft", "--set", "DOMinFileSizeToCache=2")
                        .get(Settings.MIN_FILE_SIZE)
                        .bytes())
                .isEqualTo(2L << 20);
    }
}
