/** Tests. */
@NullMarked
package dev.byway.teredo.client;

import org.jspecify.annotations.NullMarked;
