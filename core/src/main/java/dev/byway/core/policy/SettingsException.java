package dev.byway.core.policy;

import java.util.List;
import java.util.stream.Collectors;

/** Settings cannot be used as given. Holds everything that is wrong with them, so that it can be mended at one go. */
public final class SettingsException extends RuntimeException {
    private final transient List<SettingProblem> problems;

    SettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, at least one. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
