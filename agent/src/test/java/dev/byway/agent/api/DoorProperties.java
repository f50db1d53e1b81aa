package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DoorProperties {
    private static final Secret TOKEN = Secret.random();
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @Property
    void nobodyComesInWithoutTheToken(
            @ForAll String method,
            @ForAll String target,
            @ForAll String authorization,
            @ForAll String cookie,
            @ForAll String length) {
        DoorRules rules = new DoorRules(1, TOKEN, any -> false);
        Map<String, List<String>> headers = Map.of(
                "Host", List.of("localhost:1"),
                "Authorization", List.of(authorization),
                "Cookie", List.of(cookie),
                "Content-Length", List.of(length));
        for (String path : List.of(target, "/" + target, "/v1/jobs/" + target, "/v1/status?" + target)) {
            assertThat(rules.decide(new DoorRequest(method, path, headers, HERE)))
                    .isInstanceOf(Decision.Deny.class);
        }
    }

    @Property
    void anyQueryIsReadOrIgnored(@ForAll String raw) {
        Query query = Query.of(raw);
        assertThat(query.text("no-such-parameter-at-all")).isEmpty();
        assertThat(query.count("no-such-parameter-at-all")).isEmpty();
    }

    @Property
    void aParameterSurvivesItsEncoding(@ForAll String value) {
        String plain = new String(
                value.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Query.of("a=1&url=" + Query.encoded(plain)).text("url")).contains(plain);
    }

    @Property
    void aRangeSurvivesItsHeader(
            @ForAll @LongRange(min = 0, max = 1L << 50) long offset,
            @ForAll @LongRange(min = 1, max = 1L << 50) long length) {
        ByteRange range = new ByteRange(offset, length);
        assertThat(RangeHeader.of(List.of(RangeHeader.of(range)))).isEqualTo(Optional.of(range));
    }

    @Property
    void anyRangeHeaderIsReadOrRefused(@ForAll String value) {
        try {
            assertThat(RangeHeader.of(List.of(value))).isPresent();
        } catch (RequestRefusedException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    @Property
    void anyBytesAreAnAnswerOrAnError(@ForAll byte[] bytes) {
        readAnswer(bytes);
        byte[] start = "HTTP/1.1 200 OK\r\nContent-Length: ".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] both = java.util.Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, both, start.length, bytes.length);
        readAnswer(both);
    }

    private static void readAnswer(byte[] bytes) {
        try {
            HttpResponse response = HttpResponse.read(new ByteArrayInputStream(bytes));
            assertThat(response.length()).isNotNegative();
        } catch (IOException | MalformedDocumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
