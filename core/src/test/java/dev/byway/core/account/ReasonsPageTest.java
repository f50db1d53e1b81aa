package dev.byway.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.GeneratedPage;
import org.junit.jupiter.api.Test;

class ReasonsPageTest {
    private static String page() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Reasons

                Every source that was considered for a download leaves a reason: what it gave, or why it gave nothing.
                `byway why`, `byway get --json` (`reasons`), the dashboards and the reports all use these codes.
                The codes are an API: a code is never renamed or given another meaning within a major version; new ones may be added.
                """);
        for (ReasonCode.Topic topic : ReasonCode.Topic.values()) {
            page.append("\n## ")
                    .append(topic.title())
                    .append("\n\n| Code | What happened | What to do |\n|---|---|---|\n");
            for (ReasonCode code : ReasonCode.values()) {
                if (code.topic() == topic) {
                    page.append("| `%s` | %s | %s |\n".formatted(code, code.meaning(), code.remedy()));
                }
            }
        }
        return page.toString();
    }

    @Test
    void thePageOfReasonsIsWhatTheCodeSays() {
        GeneratedPage.at("docs/reasons.md").mustBe(page());
    }

    @Test
    void everyCodeSaysWhatHappenedAndWhatToDoInSentences() {
        assertThat(ReasonCode.values()).allSatisfy(code -> {
            assertThat(code.meaning()).endsWith(".").doesNotContain("|", "\n");
            assertThat(code.remedy()).endsWith(".").doesNotContain("|", "\n");
        });
    }
}
