package dev.byway.origin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The certificate authorities that the operating system trusts, for a Java runtime that brings none: that of a package, because a
 * list that is only renewed with Byway would soon be wrong, and would not know the administrator's own authorities.
 */
final class SystemAuthorities {
    /** Where systems keep them in one PEM file: Debian, Ubuntu, Alpine; Fedora, RHEL; SUSE; macOS. */
    private static final List<Path> FILES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private SystemAuthorities() {}

    /** That file, when the system has one. */
    static Optional<Path> file() {
        return FILES.stream().filter(Files::isReadable).findFirst();
    }
}
