/** Tests. */
@NullMarked
package dev.byway.teredo.packet;

import org.jspecify.annotations.NullMarked;
