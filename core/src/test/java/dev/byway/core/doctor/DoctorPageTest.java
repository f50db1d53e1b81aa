package dev.byway.core.doctor;

import dev.byway.core.GeneratedPage;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DoctorPageTest {
    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The doctor

                `byway doctor` finds out, by trying, what keeps this device from sharing with its neighbours. All checks run at the
                same time and end within 15 seconds; as root it also reads the firewall. Each gives `pass`, `warn`, `fail`,
                `not-applicable` or `not-collected` (and why), what was tried, what was seen, and the one command or setting that
                mends it. Exit status 1 when a check has failed.

                What presupposes a check that has failed is not collected, because it would say the same in other words: one fault is
                one failure. `byway doctor --json` prints `{healthy, checks[{check, result, tried, seen, mend}]}`; the names of the
                checks are an API.

                | Check | What is true when it passes | Means something only when these, and what they build on, are right |
                |---|---|---|
                """);
        for (Check check : Check.values()) {
            Set<Check> before = new TreeSet<>(Presuppositions.direct(check));
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            check.label(),
                            check.question(),
                            before.stream().map(one -> "`" + one.label() + "`").collect(Collectors.joining(", "))));
        }
        return page.toString();
    }

    @Test
    void thePageOfTheDoctorIsWhatTheCodeSays() {
        GeneratedPage.at("docs/doctor.md").mustBe(page());
    }
}
