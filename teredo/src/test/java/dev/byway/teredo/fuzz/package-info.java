/** Damaged packets at everything that reads Teredo. */
@NullMarked
package dev.byway.teredo.fuzz;

import org.jspecify.annotations.NullMarked;
