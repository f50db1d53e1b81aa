package dev.byway.agent.api;

import dev.byway.agent.job.JobRequest;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.Rate;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/** {@link JobRequest} as JSON. Reading checks what can be checked without asking anyone. */
final class JobRequestJson {
    /** Longest request in bytes: room for a manifest given by hand, and small for an agent's small heap. */
    static final int MAX_BYTES = 4 << 20;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}";
    private static final int MAX_VALUE = 16 * 1024;
    private static final int MAX_URL = 8 * 1024;

    private JobRequestJson() {}

    static byte[] write(JobRequest request) {
        return JsonOutput.bytes(json -> {
            json.text("url", request.url().toString());
            json.objects(
                    "headers",
                    request.headers(),
                    (field, header) -> field.text("name", header.name()).text("value", header.value()));
            json.text("sha256", request.sha256().map(Digest::toString));
            json.text("manifest", request.manifest().map(Base64.getEncoder()::encodeToString));
            json.flag("peers", request.peers());
            request.limit().ifPresent(limit -> json.number("bytesPerSecond", limit.bytesPerSecond()));
        });
    }

    static JobRequest read(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, JobRequestJson::read);
    }

    private static JobRequest read(JsonInput json) {
        List<JobRequest.Header> headers = json.objects("headers", JobRequestJson::header);
        OptionalLong limit = json.optionalCount("bytesPerSecond");
        return new JobRequest(
                json.parsed("url", JobRequestJson::url),
                headers,
                json.optional("sha256", Digest::parse),
                json.optional("manifest", Base64.getDecoder()::decode),
                json.flag("peers", true),
                limit.stream().mapToObj(Rate::new).findFirst());
    }

    /**
     * The absolute http or https URL in {@code text}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static URI url(String text) {
        if (text.length() > MAX_URL) {
            throw new IllegalArgumentException("a URL has at most " + MAX_URL + " characters");
        }
        URI url = URI.create(text);
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("a URL must be absolute and start with http:// or https://");
        }
        return url;
    }

    private static JobRequest.Header header(JsonInput json) {
        String name = json.text("name");
        String value = json.text("value");
        if (!name.matches(TOKEN)) {
            throw new MalformedDocumentException("a header's name is not one (RFC 9110, section 5.1)");
        }
        boolean plain = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
        if (!plain || value.length() > MAX_VALUE) {
            throw new MalformedDocumentException("the value of header " + name
                    + " has control characters, or more than " + MAX_VALUE + " characters");
        }
        return new JobRequest.Header(name, value);
    }
}
