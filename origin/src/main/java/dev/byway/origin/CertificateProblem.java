package dev.byway.origin;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Says why a server's certificate was refused: which certificate, what is wrong, what to do. */
final class CertificateProblem {
    private static final int MAX_NAMES = 4;
    private static final int MAX_TEXT = 200;

    private CertificateProblem() {}

    static String describe(X509Certificate[] chain, CertificateException refusal) {
        if (chain.length == 0) {
            return "the server sent no certificate";
        }
        X509Certificate leaf = chain[0];
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return expired(chain);
                }
                case CertificateNotYetValidException _ -> {
                    return "the certificate " + subject(leaf) + " is valid only from " + from(leaf)
                            + "; check this machine's clock";
                }
                case CertPathValidatorException path
                when path.getReason() == BasicReason.EXPIRED -> {
                    return expired(chain);
                }
                case CertPathBuilderException _ -> {
                    return unknownIssuer(chain);
                }
                default -> {}
            }
        }
        String text = String.valueOf(refusal.getMessage());
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return "the certificate is for " + names(leaf) + ", not for this host; check the address";
        }
        return "the certificate " + subject(leaf) + " is not acceptable: " + shortened(text);
    }

    /** Whether no way leads from the certificate to a trusted authority. */
    static boolean leadsNowhere(CertificateException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static String expired(X509Certificate[] chain) {
        X509Certificate oldest = chain[0];
        for (X509Certificate certificate : chain) {
            oldest = until(certificate).isBefore(until(oldest)) ? certificate : oldest;
        }
        return "the certificate " + subject(oldest) + " expired at " + until(oldest)
                + "; the server must renew it (or this machine's clock is wrong)";
    }

    private static String unknownIssuer(X509Certificate[] chain) {
        X509Certificate top = chain[chain.length - 1];
        boolean selfSigned = top.getSubjectX500Principal().equals(top.getIssuerX500Principal());
        return selfSigned && chain.length == 1
                ? "the certificate " + subject(top) + " is self-signed; if you trust it, add it with origin.ca"
                : "the certificate " + subject(chain[0]) + " was issued by "
                        + shortened(top.getIssuerX500Principal().getName())
                        + ", which is not trusted here; if it is your own CA, add it with origin.ca (else the server may"
                        + " leave out an intermediate certificate, or someone intercepts the connection)";
    }

    private static Instant from(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    private static Instant until(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static String subject(X509Certificate certificate) {
        return "\"" + shortened(certificate.getSubjectX500Principal().getName()) + "\"";
    }

    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException _) {
            // then the subject has to do
        }
        if (names.isEmpty()) {
            return subject(certificate);
        }
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES)));
        return shortened(shown) + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }

    private static String shortened(String text) {
        String start = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
        return start.replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
