/** The fleet: running its coordinator, handing out join tokens, joining. */
@NullMarked
package dev.byway.cli.fleet;

import org.jspecify.annotations.NullMarked;
