package dev.byway.origin;

/**
 * What an {@link OriginClient} needs to know.
 *
 * @param userAgent value of the {@code User-Agent} field, such as {@code Byway/0.1.0}
 * @param limits times and sizes
 * @param proxies which proxy for which address
 * @param trust which certificates are accepted
 * @param egress where requests may go
 */
public record OriginSettings(
        String userAgent, OriginLimits limits, ProxyRules proxies, TrustAnchors trust, EgressCheck egress) {
    /** Default limits, no proxy, the JDK's certificates, any address. */
    public static OriginSettings defaults(String version) {
        return new OriginSettings(
                "Byway/" + version,
                OriginLimits.DEFAULT,
                ProxyRules.NONE,
                TrustAnchors.platform(),
                EgressCheck.ALLOW_ALL);
    }

    public OriginSettings with(OriginLimits other) {
        return new OriginSettings(userAgent, other, proxies, trust, egress);
    }

    public OriginSettings with(ProxyRules other) {
        return new OriginSettings(userAgent, limits, other, trust, egress);
    }

    public OriginSettings with(TrustAnchors other) {
        return new OriginSettings(userAgent, limits, proxies, other, egress);
    }

    public OriginSettings with(EgressCheck other) {
        return new OriginSettings(userAgent, limits, proxies, trust, other);
    }
}
