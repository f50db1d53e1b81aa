package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The local door of the agent that runs on a device, as curl uses it.
 *
 * @param authorization a file with the header field that lets in, so that the token is in no argument, which all may read
 */
record LocalDoor(String url, Path authorization) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** That of the agent of {@code device}, which runs. */
    static LocalDoor of(Device device) {
        try {
            JsonNode file = MAPPER.readTree(Files.readString(device.state().resolve("api.json")));
            Path authorization = device.state().resolve("authorization.header");
            Files.writeString(
                    authorization, "Authorization: Bearer " + file.path("token").asString(""));
            return new LocalDoor(file.path("url").asString(""), authorization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What gets a file from it, to standard output unless told otherwise. */
    List<String> getting(URI file) {
        List<String> command = new ArrayList<>(List.of("curl"));
        command.addAll(toGet(file));
        return command;
    }

    /** The arguments of curl that get a file from it. */
    List<String> toGet(URI file) {
        return arguments("POST", "/v1/get?url=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8));
    }

    /** What makes its agent forget a content. */
    List<String> dropping(String content) {
        return curl("DELETE", "/v1/cache/" + content);
    }

    /** What makes its agent read a content back from its disk and prove it. */
    List<String> verifying(String content) {
        return curl("POST", "/v1/cache/" + content + "/verify");
    }

    /** What starts a job, into the agent's store only. */
    List<String> starting(URI file) {
        List<String> command = curl("POST", "/v1/jobs");
        command.addAll(List.of("-d", "{\"url\":\"" + file + "\"}"));
        return command;
    }

    /** What asks for a job's status. */
    List<String> job(String id) {
        return curl("GET", "/v1/jobs/" + id);
    }

    /** What ends a job. */
    List<String> ending(String id) {
        return curl("DELETE", "/v1/jobs/" + id);
    }

    /** What asks it for its status. */
    List<String> status() {
        return curl("GET", "/v1/status");
    }

    private List<String> curl(String method, String path) {
        List<String> command = new ArrayList<>(List.of("curl"));
        command.addAll(arguments(method, path));
        return command;
    }

    private List<String> arguments(String method, String path) {
        List<String> arguments = new ArrayList<>(List.of("-sSf", "-X", method));
        arguments.addAll(authorized());
        arguments.add(url + path);
        return arguments;
    }

    /** What lets curl in. */
    List<String> authorized() {
        return List.of("-H", "@" + authorization);
    }
}
