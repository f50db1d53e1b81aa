/** Benchmarks: speeds as ratios against other programs in the same run. {@code ./byway bench} runs them; nothing asserts. */
@NullMarked
package dev.byway.e2e.bench;

import org.jspecify.annotations.NullMarked;
