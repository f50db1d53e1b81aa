package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.byway.core.policy.Setting;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.Status;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The documents must not promise a setting that nothing acts on, nor hide one that something does act on. */
class SettingsStatusTest {
    private static final String TABLE = Settings.class.getPackageName();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.byway");

    private static List<String> settings(Status status, Predicate<JavaField> which) {
        return CLASSES.get(Settings.class).getFields().stream()
                .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                .filter(which)
                .map(SettingsStatusTest::setting)
                .filter(setting -> setting.status() == status)
                .map(Setting::name)
                .sorted()
                .toList();
    }

    private static Setting<?> setting(JavaField field) {
        try {
            return (Setting<?>) field.reflect().get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is a public row of the table", e);
        }
    }

    private static boolean isReadByAGate(JavaField field) {
        return field.getAccessesToSelf().stream()
                .anyMatch(access -> access.getOriginOwner().getSimpleName().equals("GateRules"));
    }

    /**
     * Who only tells of a setting does not count: {@code byway ports} says what it means to a firewall, and {@code Declining}
     * which one a peer has to look at.
     */
    private static boolean isReadByAProgram(JavaField field) {
        return field.getAccessesToSelf().stream()
                .map(access -> access.getOriginOwner())
                .filter(reader -> !reader.getSimpleName().equals("Declining"))
                .map(reader -> reader.getPackageName())
                .anyMatch(reader -> !reader.equals(TABLE) && !reader.endsWith(".ports"));
    }

    @Test
    void everySettingThatIsCalledEnforcedIsReadByAGateOrAProgram() {
        assertThat(settings(Status.ENFORCED, field -> !isReadByAGate(field) && !isReadByAProgram(field)))
                .as("rows of Settings that say enforced() and that nothing reads")
                .isEmpty();
    }

    @Test
    void everySettingThatAProgramReadsIsCalledEnforced() {
        assertThat(settings(Status.PLANNED, SettingsStatusTest::isReadByAProgram))
                .as("rows of Settings that a program acts on: add enforced() to them and write docs/policies.md anew")
                .isEmpty();
    }

    @Test
    void theTableIsSeen() {
        assertThat(settings(Status.ENFORCED, _ -> true)).contains("DODownloadMode");
    }
}
