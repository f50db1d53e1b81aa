/** Tests. */
@NullMarked
package dev.byway.teredo.server;

import org.jspecify.annotations.NullMarked;
