/** {@code byway ports}: the ports that are needed, as words, as JSON and as rules for firewalls. */
@NullMarked
package dev.byway.cli.ports;

import org.jspecify.annotations.NullMarked;
