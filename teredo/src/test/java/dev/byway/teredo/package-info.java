/** Tests. */
@NullMarked
package dev.byway.teredo;

import org.jspecify.annotations.NullMarked;
