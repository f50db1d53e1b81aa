package dev.byway.agent;

import dev.byway.core.policy.EffectiveSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an agent is started with.
 *
 * @param state folder for its key, its cache and its locks; made if missing
 * @param settings all of them
 * @param environment where proxies are named, as {@code http_proxy} and the like
 * @param version of the program
 * @param machine folder in which the system's {@code sys} lies: {@code /}, or another one in a test
 */
public record AgentConfig(
        Path state, EffectiveSettings settings, Map<String, String> environment, String version, Path machine) {
    /** Of the machine that this runs on. */
    public AgentConfig(Path state, EffectiveSettings settings, Map<String, String> environment, String version) {
        this(state, settings, environment, version, Path.of("/"));
    }

    /** No proxies. */
    public static AgentConfig of(Path state, EffectiveSettings settings, String version) {
        return new AgentConfig(state, settings, Map.of(), version);
    }
}
