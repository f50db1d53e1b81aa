package dev.byway.e2e.fault;

import dev.byway.core.doctor.Check;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Faults between the victim and its coordinator. */
final class CoordinatorFaults {
    private CoordinatorFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "the coordinator's name does not resolve",
                        Check.COORDINATOR_NAME,
                        "coordinator.lab has no address",
                        CoordinatorFaults::nameless),
                new Fault(
                        "443 out blocked by the victim's firewall",
                        Check.FIREWALL,
                        "TCP 443 out",
                        NetworkFaults.output("tcp dport 443 drop")),
                new Fault(
                        "443 to the coordinator dropped by the router",
                        Check.COORDINATOR_TCP,
                        "no answer from 11.200.2.2, TCP 443",
                        router("filter hook forward priority 0", "ip daddr 11.200.2.2 tcp dport 443 drop")),
                new Fault(
                        "expired device certificate",
                        Check.CREDENTIAL,
                        "expired on",
                        CoordinatorFaults::certificateExpired),
                new Fault("clock two days ahead", Check.CLOCK, "2 days ahead", clock("+2d")),
                new Fault("clock two days behind", Check.CLOCK, "2 days behind", clock("-2d")),
                new Fault(
                        "TLS intercepted", Check.COORDINATOR_TLS, "CN=Corporate Proxy", CoordinatorFaults::intercepted),
                new Fault(
                        "the way to the coordinator has another public address",
                        Check.PUBLIC_ADDRESS,
                        "are seen at another site",
                        router(
                                "nat hook postrouting priority 100",
                                "ip saddr 10.77.0.11 ip daddr 11.200.2.2 snat to 11.200.2.77")));
    }

    /** Its own certificate, signed once more by the fleet's authority as it was 400 days ago. */
    private static Fault.Cure certificateExpired(Ward ward) {
        Path state = ward.victim().state();
        Path authority = state.resolveSibling("coordinator").resolve("ca.pem");
        String sign = """
                set -e
                cd %s
                cp fleet.pem fleet.healthy
                names=$(openssl x509 -in fleet.pem -noout -ext subjectAltName | tail -1 | tr -d ' ')
                openssl req -new -key device.pem -subj /CN=victim -addext "subjectAltName=$names" \\
                    -addext extendedKeyUsage=clientAuth,serverAuth -out request.pem
                openssl x509 -in %s -out authority.pem
                faketime -f -400d openssl x509 -req -in request.pem -copy_extensions copyall -CA authority.pem \\
                    -CAkey %s -days 365 -set_serial 77 -out old.pem
                cat old.pem authority.pem > fleet.pem
                """.formatted(state, authority, authority);
        ward.host().exec("sh", "-c", sign);
        ward.restart();
        return () -> {
            ward.host().exec("sh", "-c", "cat " + state + "/fleet.healthy > " + state + "/fleet.pem");
            ward.restart();
        };
    }

    /**
     * Its library alone: the program of that name stays between, and leaves the agent behind when it is ended. Without its fix for
     * monotonic waits, which reckons the waits of a Java runtime wrong, up to two days too long.
     */
    private static Fault.Injury clock(String off) {
        return ward -> {
            ward.startUnder(
                    "env",
                    "LD_PRELOAD=/usr/$LIB/faketime/libfaketimeMT.so.1",
                    "FAKETIME=" + off,
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    "FAKETIME_FORCE_MONOTONIC_FIX=0",
                    "NO_FAKE_STAT=1");
            ward.restart();
            return () -> {
                ward.startUnder();
                ward.restart();
            };
        };
    }

    private static Fault.Cure nameless(Ward ward) {
        Host host = ward.host();
        host.exec(
                "sh",
                "-c",
                "cp /etc/hosts /etc/hosts.healthy; grep -v coordinator.lab /etc/hosts.healthy > /etc/hosts");
        ward.restart();
        return () -> {
            host.exec("sh", "-c", "cat /etc/hosts.healthy > /etc/hosts");
            ward.restart();
        };
    }

    private static Fault.Injury router(String hook, String rule) {
        return ward -> {
            Host router = ward.office().lab().router();
            if (rule.contains("snat to")) {
                router.exec("sh", "-c", "ip addr add 11.200.2.77/24 dev up2");
            }
            router.exec("nft", "table ip fault { chain c { type " + hook + "; policy accept; " + rule + "; }; }");
            ward.restart();
            return () -> {
                router.exec("nft", "delete table ip fault");
                router.exec("sh", "-c", "ip addr del 11.200.2.77/24 dev up2 2>/dev/null || true");
                ward.restart();
            };
        };
    }

    private static Fault.Cure intercepted(Ward ward) {
        Host router = ward.office().lab().router();
        Path folder = ward.victim().state().resolveSibling("proxy");
        router.exec(
                "sh",
                "-c",
                "mkdir -p " + folder
                        + " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                        + "-subj '/CN=Corporate Proxy' -keyout " + folder + "/key.pem -out " + folder
                        + "/cert.pem 2>/dev/null");
        Running proxy = router.spawn(List.of(
                "python3",
                "-c",
                "import http.server,ssl\n"
                        + "s=http.server.ThreadingHTTPServer(('',8443),http.server.SimpleHTTPRequestHandler)\n"
                        + "c=ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
                        + "c.load_cert_chain('" + folder + "/cert.pem','" + folder + "/key.pem')\n"
                        + "s.socket=c.wrap_socket(s.socket,server_side=True)\n"
                        + "print('ready',flush=True)\n"
                        + "s.serve_forever()"));
        proxy.awaitLine("ready", Duration.ofSeconds(20));
        Fault.Cure cure;
        try {
            cure = router(
                            "nat hook prerouting priority -100",
                            "ip saddr 10.77.0.11 ip daddr 11.200.2.2 tcp dport 443 redirect to :8443")
                    .inflict(ward);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return () -> {
            proxy.close();
            cure.apply();
        };
    }
}
