package dev.byway.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
    private static final Service AGENT = new Service(ServiceRole.AGENT, Platform.LINUX, "/opt/byway/byway");

    private static List<String> firstLines(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.told().lines().findFirst().orElse(""))
                .toList();
    }

    @Test
    void theUserComesBeforeWhatIsHisAndTheStartComesLast() {
        assertThat(firstLines(Plan.install(AGENT, false)))
                .containsExactly(
                        "run useradd --system --user-group --no-create-home --shell /usr/sbin/nologin"
                                + " --home-dir /var/lib/byway byway",
                        "write /etc/byway/agent.yaml, unless it is there:",
                        "write /etc/systemd/system/byway.service:",
                        "run systemctl daemon-reload",
                        "run systemctl enable byway.service",
                        "run systemctl restart byway.service");
    }

    @Test
    void aUserThatIsThereIsNotMadeAgain() {
        assertThat(firstLines(Plan.install(AGENT, true)).toString()).doesNotContain("useradd");
    }

    @Test
    void whatIsTakenOutIsStoppedFirstAndItsStateStays() {
        assertThat(firstLines(Plan.uninstall(AGENT)))
                .containsExactly(
                        "run systemctl disable --now byway.service",
                        "delete /etc/systemd/system/byway.service",
                        "run systemctl daemon-reload");
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void eachSystemIsToldWhatIsWrittenAndWhatIsRun(Platform platform) {
        for (ServiceRole role : ServiceRole.values()) {
            Service service = new Service(role, platform, "/opt/byway/byway");
            assertThat(Plan.install(service, false).steps())
                    .contains(
                            new Step.WriteOnce(service.settingsFile(), service.settings()),
                            new Step.Write(service.definitionFile(), service.definition()))
                    .last()
                    .isInstanceOf(Step.Run.class);
            assertThat(Plan.uninstall(service).steps()).contains(new Step.Delete(service.definitionFile()));
        }
    }

    @Test
    void whatSystemctlShowsIsUnderstood() {
        ServiceState state = ServiceState.of("""
                LoadState=loaded
                ActiveState=active
                SubState=running
                UnitFileState=enabled
                User=byway
                FragmentPath=/etc/systemd/system/byway.service
                """);
        assertThat(state)
                .isEqualTo(new ServiceState(
                        true, true, true, "active (running)", "byway", "/etc/systemd/system/byway.service"));
        ServiceState none = ServiceState.of("LoadState=not-found\nActiveState=inactive\nSubState=dead\nUser=\n");
        assertThat(none).isEqualTo(new ServiceState(false, false, false, "inactive (dead)", "", ""));
    }
}
