package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import dev.byway.core.ports.MicrosoftNeed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What going to the cloud services says: of names, of TCP 443, and of who answers there. The platform decides which certificates are
 * trusted. Windows' service is stricter, it pins Microsoft's (Microsoft's page on proxies, TLS inspection), so one of another
 * authority is told even when it is trusted here.
 */
public final class ServiceRules {
    /** Under which authorities Microsoft has its services: its own, and a public one. */
    private static final List<String> AUTHORITIES = List.of("O=Microsoft Corporation", "O=DigiCert Inc");

    private static final String PINNED =
            "Delivery Optimization accepts none but Microsoft's, and does without peers then";
    private static final String EXEMPT = "exempt *.do.dsp.mp.microsoft.com from TLS inspection";

    private ServiceRules() {}

    /** Judges one attempt for each service. */
    public static List<Result> judge(List<ServiceSeen> all) {
        Map<MicrosoftHost, String> missing = new EnumMap<>(MicrosoftHost.class);
        all.forEach(seen -> seen.unresolved().ifPresent(why -> missing.put(seen.host(), why)));
        List<ServiceSeen> resolved =
                all.stream().filter(seen -> seen.unresolved().isEmpty()).toList();
        List<Result> results = new ArrayList<>();
        results.add(NameRules.judge(hosts(all), missing));
        results.add(new Result(
                Check.MICROSOFT_TCP, "connected to " + NameRules.names(hosts(resolved)) + ", TCP 443", tcp(resolved)));
        all.forEach(seen -> results.add(new Result(
                Check.MICROSOFT_TLS,
                "looked at the certificate of " + seen.host().host(),
                tls(seen.host().host(), seen.last()))));
        return results;
    }

    private static Finding tcp(List<ServiceSeen> resolved) {
        if (resolved.isEmpty()) {
            return new Finding.NotCollected("there is no address to connect to");
        }
        List<String> troubles =
                resolved.stream().flatMap(seen -> seen.unconnected().stream()).toList();
        String why = troubles.stream().distinct().collect(Collectors.joining("; "));
        return troubles.isEmpty()
                ? new Finding.Pass(resolved.size() + " services take connections")
                : new Finding.Fail(
                        troubles.size() + " of " + resolved.size() + " services take no connection: "
                                + why + ". Without them "
                                + MicrosoftNeed.SERVICES.without(),
                        "let TCP 443 out to *.do.dsp.mp.microsoft.com, without a proxy, at the firewalls on the way");
    }

    private static Finding tls(String host, ServiceSeen.Step last) {
        return switch (last) {
            case ServiceSeen.Unresolved _, ServiceSeen.Unconnected _ ->
                new Finding.NotCollected("no connection to " + host + " stands");
            case ServiceSeen.Broken(String why) ->
                new Finding.Fail(
                        host + ": " + why,
                        "let TLS through to *.do.dsp.mp.microsoft.com at the firewalls on the way: TCP passes, TLS is cut off");
            case ServiceSeen.Doubted doubted -> doubted(host, doubted);
            case ServiceSeen.Trusted(String issuer) ->
                isMicrosofts(issuer)
                        ? new Finding.Pass("signed by " + issuer)
                        : new Finding.Warn(
                                host + " shows a certificate that " + issuer + " signed. It is trusted here, but "
                                        + PINNED,
                                EXEMPT);
        };
    }

    /** The root of Microsoft's own authority comes with Windows alone: elsewhere nobody can tell whether it is genuine. */
    private static Finding doubted(String host, ServiceSeen.Doubted seen) {
        if (!seen.stranger()) {
            return new Finding.Fail(
                    host + ": " + seen.why(),
                    "see which machine answers there: openssl s_client -connect " + host + ":443");
        }
        return isMicrosofts(seen.issuer())
                ? new Finding.NotCollected(host + " shows a certificate that " + seen.issuer()
                        + " signed, which Windows knows and this runtime does not: name the file of Microsoft's root "
                        + "certificates in origin.ca to learn whether it is genuine")
                : new Finding.Fail(
                        host + " shows a certificate that " + seen.issuer()
                                + " signed, which is not trusted here: somebody looks into TLS on the way. " + PINNED,
                        EXEMPT);
    }

    private static boolean isMicrosofts(String issuer) {
        return AUTHORITIES.stream().anyMatch(issuer::contains);
    }

    private static List<MicrosoftHost> hosts(List<ServiceSeen> seen) {
        return seen.stream().map(ServiceSeen::host).toList();
    }
}
