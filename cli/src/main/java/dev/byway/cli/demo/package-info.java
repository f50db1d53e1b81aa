/** {@code byway demo}: the whole idea on one machine, with the same programs that a fleet runs. */
@NullMarked
package dev.byway.cli.demo;

import org.jspecify.annotations.NullMarked;
