package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * The proxy on another machine through which origins are asked: the settings {@code origin.proxy} and {@code origin.noProxy}.
 * What the environment says of proxies is not looked at, because the service's is another than the shell's.
 *
 * @param host its name or address
 * @param port of it
 * @param forAll whether no origin is asked without it
 */
public record OriginProxy(String host, int port, boolean forAll) {
    private static final int HTTP = 80;

    /** The one that is set; a proxy on the machine itself passes no firewall, and asks the origins from there. */
    static Optional<OriginProxy> of(EffectiveSettings settings) {
        boolean forAll = settings.get(Settings.ORIGIN_NO_PROXY).isEmpty();
        return settings.get(Settings.ORIGIN_PROXY)
                .map(url -> new OriginProxy(host(url), url.getPort() > 0 ? url.getPort() : HTTP, forAll))
                .filter(proxy -> !proxy.isLoopback());
    }

    private static String host(URI url) {
        return Optional.ofNullable(url.getHost()).orElse("").replaceAll("[\\[\\]]", "");
    }

    /** Its address, where the setting names one: rules for firewalls cannot have names. */
    static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(Addresses.parse(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isLoopback() {
        return host.equals("localhost")
                || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
