package dev.byway.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** What Jackson's mapper would have read and written. */
class JsonTreeTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"a\"",
                "-0.25",
                "1e300",
                "{\"a\":[1,-2147483649,18446744073709551616,0.5,true,false,null],\"b\":{\"c\":{}},\"a2\":\"\"}",
                "[\"\\u0000\\\"\\\\\\n/ü€𝄞\",{\"ü\\n\":1}]",
                " { \"twice\" : 1 , \"twice\" : 2 } "
            })
    void readsAndWritesAsTheMapperDoes(String json) {
        assertThat(JsonTree.read(json)).isEqualTo(MAPPER.readTree(json));
        assertThat(new String(JsonTree.write(MAPPER.readTree(json)), UTF_8))
                .isEqualTo(MAPPER.writeValueAsString(MAPPER.readTree(json)));
    }

    @Test
    void nothingIsAMissingNode() {
        assertThat(JsonTree.read("").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\"}", "{\"a\":}", "}", "[1,]", "1 2", "{} x", "nul", "\"a", "01"})
    void takesNothingElse(String json) {
        assertThatThrownBy(() -> MAPPER.readTree(json)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> JsonTree.read(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void keepsTheLimitsOfTheFactory() {
        JsonFactory limits = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(2).build())
                .build();
        assertThat(JsonTree.read(limits, "[[1]]".getBytes(UTF_8))).isEqualTo(MAPPER.readTree("[[1]]"));
        assertThatThrownBy(() -> JsonTree.read(limits, "[[[1]]]".getBytes(UTF_8)))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> JsonTree.read("[".repeat(100_000))).isInstanceOf(JacksonException.class);
    }

    @Test
    void writesWhatItBuilds() {
        var node = JsonTree.object().put("a", 1L).put("b", "c");
        node.set("d", JsonTree.array().add(true).add(1.5));
        assertThat(JsonTree.write(node)).asString(UTF_8).isEqualTo("{\"a\":1,\"b\":\"c\",\"d\":[true,1.5]}");
    }
}
