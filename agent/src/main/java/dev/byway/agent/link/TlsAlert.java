package dev.byway.agent.link;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The alert (RFC 8446, section 6) with which a peer ended TLS; the JDK tells it in the message only. */
final class TlsAlert {
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Set<String> ABOUT_CERTIFICATE = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "certificate_required");

    private static final int NO_APPLICATION_PROTOCOL = 120;

    private TlsAlert() {}

    static Optional<String> received(SSLException e) {
        Matcher alert = RECEIVED.matcher(String.valueOf(e.getMessage()));
        return alert.find() ? Optional.of(alert.group(1)) : Optional.empty();
    }

    /**
     * The name of one that QUIC brought, where only the certificates can be what the other end minds: its native TLS says {@code
     * internal_error} of one that its trust manager refuses.
     */
    static String name(int alert) {
        return alert == NO_APPLICATION_PROTOCOL ? "no_application_protocol" : "bad_certificate";
    }

    /** Whether the peer did not take our certificate. */
    static boolean isAboutCertificate(String alert) {
        return ABOUT_CERTIFICATE.contains(alert);
    }
}
