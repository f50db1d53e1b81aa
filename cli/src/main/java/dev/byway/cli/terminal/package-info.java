/** What a person sees while something runs: a bar with a segment per source, plain lines where there is no terminal. */
@NullMarked
package dev.byway.cli.terminal;

import org.jspecify.annotations.NullMarked;
