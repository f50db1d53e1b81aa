/** JSON as a tree, for documents and messages. */
@NullMarked
package dev.byway.core.json;

import org.jspecify.annotations.NullMarked;
