/**
 * The fleet's certification authority and all that hangs on it: keys and certificates in files, the check of a device's
 * request and certificate, the coordinator's own TLS identity.
 */
@NullMarked
package dev.byway.coordinator.authority;

import org.jspecify.annotations.NullMarked;
