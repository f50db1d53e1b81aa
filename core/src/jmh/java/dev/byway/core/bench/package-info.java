/** Runs the microbenchmarks of this module: {@code ./byway bench Jmh}. */
@NullMarked
package dev.byway.core.bench;

import org.jspecify.annotations.NullMarked;
