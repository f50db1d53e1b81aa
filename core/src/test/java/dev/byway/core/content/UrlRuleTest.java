package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRuleTest {
    private static final List<UrlRule> RULES = List.of(
            UrlRule.parse("dl.example.com=version+arch"),
            UrlRule.parse("*.cdn.example.com="),
            UrlRule.parse("dl.example.com=other"));

    @ParameterizedTest
    @CsvSource({
        "https://x.org/a.iso, https://x.org/a.iso",
        "https://user:pw@x.org/a.iso#part, https://x.org/a.iso",
        "https://dl.example.com/get?version=3&token=SECRET&arch=arm, https://dl.example.com/get?arch=arm&version=3",
        "https://DL.example.com/get?arch=arm&version=3, https://DL.example.com/get?arch=arm&version=3",
        "https://dl.example.com/get?versions=3, https://dl.example.com/get",
        "https://eu.cdn.example.com/a.iso?Signature=SECRET&Expires=5, https://eu.cdn.example.com/a.iso",
        "https://dl.example.com/get?, https://dl.example.com/get"
    })
    void namesAFileByWhatMatters(URI url, URI identity) {
        assertThat(UrlRule.identity(url, RULES)).contains(identity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.org/a.iso?token=SECRET",
                "https://cdn.example.com/a.iso?x=1",
                "https://evilcdn.example.com/a.iso?x=1",
                "https://dl.example.com.evil.org/get?version=3"
            })
    void withoutARuleAQueryNamesNothing(URI url) {
        assertThat(UrlRule.identity(url, RULES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dl.example.com", "=a", "*=a", "a b=c", "x.org=a+", "x.org=a&b", "x.org=a=b", "*.*.org=a"})
    void whatIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> UrlRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isWrittenAsItIsRead() {
        RULES.forEach(rule -> assertThat(UrlRule.parse(rule.toString())).isEqualTo(rule));
    }
}
