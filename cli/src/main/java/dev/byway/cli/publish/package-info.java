/** {@code byway publish}: says, signed, what the bytes at a URL are. */
@NullMarked
package dev.byway.cli.publish;

import org.jspecify.annotations.NullMarked;
