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
 */
public record AgentConfig(Path state, EffectiveSettings settings, Map<String, String> environment, String version) {
    /** No proxies. */
    public static AgentConfig of(Path state, EffectiveSettings settings, String version) {
        return new AgentConfig(state, settings, Map.of(), version);
    }
}
