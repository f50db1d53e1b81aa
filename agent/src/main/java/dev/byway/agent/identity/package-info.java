/**
 * Who this device is and which peers it believes: the device key, its certificates, and the check of a peer's certificate.
 */
@NullMarked
package dev.byway.agent.identity;

import org.jspecify.annotations.NullMarked;
