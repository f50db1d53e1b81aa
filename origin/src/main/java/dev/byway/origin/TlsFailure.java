package dev.byway.origin;

import dev.byway.origin.ExplainingTrustManager.UnacceptableCertificateException;
import dev.byway.origin.OriginAnswer.Failed;
import dev.byway.origin.OriginAnswer.Kind;
import java.io.EOFException;
import java.io.IOException;

/** Says why TLS did not come about. */
final class TlsFailure {
    private TlsFailure() {}

    static OriginFailureException of(Route route, IOException e) {
        String message = "no secure connection to " + route.shown() + ": " + reason(e);
        return new OriginFailureException(new Failed(Kind.TLS, message), e);
    }

    /** In words. */
    static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnacceptableCertificateException refused) {
                return String.valueOf(refused.getMessage());
            }
            if (cause instanceof EOFException) {
                return "the server closed the connection during the handshake; check the port, or try again";
            }
        }
        String text = String.valueOf(e.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return "the server does not speak TLS on this port; should the address begin with http://?";
        }
        if (text.contains("terminated the handshake")) {
            return "the server closed the connection during the handshake; check the port, or try again";
        }
        if (text.contains("protocol_version") || text.contains("handshake_failure")) {
            return "server and Byway have no TLS version or cipher in common; the server needs TLS 1.2 or 1.3 (" + text
                    + ")";
        }
        return text;
    }
}
