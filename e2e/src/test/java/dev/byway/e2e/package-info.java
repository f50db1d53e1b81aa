/** The real program in networks of its own, through what goes wrong there. */
@NullMarked
package dev.byway.e2e;

import org.jspecify.annotations.NullMarked;
