package dev.byway.core.policy;

import dev.byway.core.policy.SettingProblem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from their layers, weakest first whatever the order of the calls: default, profile, fleet, file,
 * environment, command line. Collects every mistake and reports them together.
 *
 * <p>Two layers never stop a device. What the fleet sends may come from a newer coordinator, and a fleet of devices that
 * refuse to start is worse than one setting passed over. The environment is not Byway's alone: container platforms put
 * variables such as {@code BYWAY_SERVICE_HOST} there. In both, what is not understood is a warning and the weaker value
 * stays; a bad value in a variable that does name a setting is still an error.
 */
public final class SettingsReader {
    /** Variables that begin like settings and are not. */
    static final Set<String> OTHER_VARIABLES = Set.of("BYWAY_STATE", "BYWAY_CONFIG", "BYWAY_PROFILE");

    private static final int MAX_ECHO = 60;

    private record Given(String name, String text, Provenance from) {}

    private final Platform platform;
    private final SettingTable table = Settings.TABLE;
    private final List<Given> given = new ArrayList<>();
    private final List<SettingProblem> problems = new ArrayList<>();
    private final List<SettingProblem> warnings = new ArrayList<>();
    private Profile profile = Profile.BYWAY;

    /** Starts from the defaults of {@code platform}. */
    public SettingsReader(Platform platform) {
        this.platform = platform;
    }

    /** Takes the defaults of {@code chosen}. */
    public SettingsReader profile(Profile chosen) {
        profile = chosen;
        return this;
    }

    /** Adds what the coordinator sent: names and values, nested or with dots. */
    public SettingsReader fleet(Map<String, ? extends @Nullable Object> values) {
        return tree(values, Map.of(), _ -> new Provenance.Fleet());
    }

    /** Adds a configuration file that was parsed already: names and values, nested or with dots. */
    public SettingsReader file(String path, Map<String, ? extends @Nullable Object> values) {
        return file(path, values, Map.of());
    }

    /** The same, where the line of each dotted name is known. */
    public SettingsReader file(
            String path, Map<String, ? extends @Nullable Object> values, Map<String, Integer> lines) {
        return tree(values, lines, line -> new Provenance.File(path, line));
    }

    private interface Place {
        Provenance at(OptionalInt line);
    }

    private SettingsReader tree(
            Map<String, ? extends @Nullable Object> values, Map<String, Integer> lines, Place place) {
        SettingTree tree = SettingTree.flatten(values);
        tree.values().forEach((name, text) -> {
            Integer line = lines.get(name);
            given.add(new Given(name, text, place.at(line == null ? OptionalInt.empty() : OptionalInt.of(line))));
        });
        tree.mistakes().forEach((name, mistake) -> {
            Provenance from = place.at(OptionalInt.empty());
            report(new SettingProblem(
                    Kind.MALFORMED, name, from, "%s (%s): %s".formatted(echo(name), from.describe(), mistake)));
        });
        return this;
    }

    /** Adds those of {@code variables} that begin with {@code BYWAY_}. */
    public SettingsReader environment(Map<String, String> variables) {
        Map<String, String> names = new LinkedHashMap<>();
        table.all().forEach(setting -> names.put(setting.variable(), setting.name()));
        table.retired().forEach(old -> names.put(Setting.variable(old.name()), old.name()));
        variables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("BYWAY_") && !OTHER_VARIABLES.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> variable(entry.getKey(), entry.getValue(), names));
        return this;
    }

    private void variable(String variable, String text, Map<String, String> names) {
        Provenance from = new Provenance.Environment(variable);
        String name = names.get(variable);
        if (name != null) {
            given.add(new Given(name, text, from));
            return;
        }
        String hint = Spelling.nearest(variable, names.keySet().stream())
                .map(near -> "; the nearest is " + near)
                .orElse("");
        warnings.add(new SettingProblem(
                Kind.UNKNOWN, variable, from, "The variable %s names no setting%s".formatted(echo(variable), hint)));
    }

    /** Adds the arguments of {@code --set}, each {@code name=value}; of two with one name the later counts. */
    public SettingsReader commandLine(List<String> assignments) {
        Provenance from = new Provenance.CommandLine();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                String message = "--set %s: write name=value".formatted(echo(assignment));
                report(new SettingProblem(Kind.MALFORMED, assignment, from, message));
            } else {
                given.add(new Given(assignment.substring(0, equals).strip(), assignment.substring(equals + 1), from));
            }
        }
        return this;
    }

    /**
     * The settings that result.
     *
     * @throws SettingsException with everything that is wrong
     */
    public EffectiveSettings read() {
        Map<Setting<?>, SettingValue<?>> values = new LinkedHashMap<>();
        table.all().forEach(setting -> values.put(setting, initial(setting)));
        given.stream()
                .sorted(Comparator.comparingInt(one -> one.from().strength()))
                .forEach(one -> known(one)
                        .flatMap(setting -> parsed(setting, one))
                        .ifPresent(value -> values.put(value.setting(), value)));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new EffectiveSettings(values, warnings);
    }

    private <T> SettingValue<T> initial(Setting<T> setting) {
        Optional<String> profiled = profile == Profile.MICROSOFT ? setting.microsoftText() : Optional.empty();
        Provenance from = profiled.isPresent() ? new Provenance.FromProfile(profile) : new Provenance.Default();
        return new SettingValue<>(setting, setting.type().parse(profiled.orElse(setting.defaultText(platform))), from);
    }

    private Optional<Setting<?>> known(Given one) {
        Optional<Setting<?>> setting = table.find(one.name());
        if (setting.isPresent()) {
            return setting.filter(found -> permitted(found, one));
        }
        table.findRetired(one.name())
                .ifPresentOrElse(
                        old -> report(one, Kind.RETIRED, "is retired; use " + old.replacement()), () -> unknown(one));
        return Optional.empty();
    }

    private void unknown(Given one) {
        String hint = table.nearest(one.name())
                .map(near -> "; did you mean " + near + "?")
                .orElse("; docs/policies.md lists all");
        report(one, Kind.UNKNOWN, "is not a setting" + hint);
    }

    private boolean permitted(Setting<?> setting, Given one) {
        if (one.from() instanceof Provenance.CommandLine && setting.isSecret()) {
            String instead = setting.secretInstead().orElse("");
            report(
                    one,
                    Kind.SECRET_IN_THE_OPEN,
                    "is secret, and every user of this machine can read command lines; give it in the variable "
                            + setting.variable() + ", in a configuration file that only you can read" + instead);
            return false;
        }
        if (one.from() instanceof Provenance.Fleet && !setting.isFleetWide()) {
            report(one, Kind.NOT_FOR_THE_FLEET, "is for each device to decide; passed over");
            return false;
        }
        return true;
    }

    private <T> Optional<SettingValue<T>> parsed(Setting<T> setting, Given one) {
        try {
            return Optional.of(new SettingValue<>(setting, setting.type().parse(one.text()), one.from()));
        } catch (IllegalArgumentException e) {
            String shown = setting.isSecret() ? Secret.HIDDEN : echo(one.text());
            report(
                    one,
                    Kind.BAD_VALUE,
                    "cannot be '%s': %s; allowed is %s"
                            .formatted(shown, e.getMessage(), setting.type().allowed()));
            return Optional.empty();
        }
    }

    private void report(Given one, Kind kind, String sentence) {
        String message = "%s (%s) %s".formatted(echo(one.name()), one.from().describe(), sentence);
        report(new SettingProblem(kind, one.name(), one.from(), message));
    }

    private void report(SettingProblem problem) {
        (problem.from() instanceof Provenance.Fleet ? warnings : problems).add(problem);
    }

    private static String echo(String text) {
        String cut = text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
