/** A publisher's signing keys on this machine. */
@NullMarked
package dev.byway.cli.keys;

import org.jspecify.annotations.NullMarked;
