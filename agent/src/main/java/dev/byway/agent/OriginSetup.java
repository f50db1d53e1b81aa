package dev.byway.agent;

import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.ProxyRules;
import dev.byway.origin.TrustAnchors;
import java.nio.file.Path;
import java.util.Map;

/** How origins are asked, by the settings. */
public final class OriginSetup {
    private OriginSetup() {}

    /**
     * Which proxies and authorities.
     *
     * @param environment where proxies are named, when {@code origin.proxy} names none
     * @param version of the program
     * @throws dev.byway.origin.OriginSettingException when a setting cannot be used
     */
    public static OriginSettings settings(EffectiveSettings settings, Map<String, String> environment, String version) {
        OriginSettings origin = OriginSettings.defaults(version);
        ProxyRules proxies = settings.get(Settings.ORIGIN_PROXY)
                .map(proxy -> ProxyRules.configured(
                        proxy, settings.get(Settings.ORIGIN_PROXY_PASSWORD), settings.get(Settings.ORIGIN_NO_PROXY)))
                .orElseGet(() -> ProxyRules.fromEnvironment(environment));
        return settings.get(Settings.ORIGIN_CA)
                .map(pem -> origin.with(TrustAnchors.platformAnd(Path.of(pem))))
                .orElse(origin)
                .with(proxies);
    }

    /**
     * A client.
     *
     * @throws dev.byway.origin.OriginSettingException when a setting cannot be used
     */
    static OriginClient client(AgentConfig config) {
        return new OriginClient(settings(config.settings(), config.environment(), config.version()));
    }
}
