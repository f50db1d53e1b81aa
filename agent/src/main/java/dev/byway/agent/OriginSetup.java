package dev.byway.agent;

import dev.byway.agent.origin.OriginClient;
import dev.byway.agent.origin.OriginSettings;
import dev.byway.agent.origin.ProxyRules;
import dev.byway.agent.origin.TrustAnchors;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.nio.file.Path;

/** How origins are asked, by the settings. */
final class OriginSetup {
    private OriginSetup() {}

    /**
     * A client.
     *
     * @throws dev.byway.agent.origin.OriginSettingException when a setting cannot be used
     */
    static OriginClient client(AgentConfig config) {
        OriginSettings origin = OriginSettings.defaults(config.version());
        EffectiveSettings settings = config.settings();
        ProxyRules proxies = settings.get(Settings.ORIGIN_PROXY)
                .map(proxy -> ProxyRules.configured(
                        proxy, settings.get(Settings.ORIGIN_PROXY_PASSWORD), settings.get(Settings.ORIGIN_NO_PROXY)))
                .orElseGet(() -> ProxyRules.fromEnvironment(config.environment()));
        return new OriginClient(settings.get(Settings.ORIGIN_CA)
                .map(pem -> origin.with(TrustAnchors.platformAnd(Path.of(pem))))
                .orElse(origin)
                .with(proxies));
    }
}
