/**
 * What a file is: identity, hash tree, manifest, signatures and the table of whom to believe about it.
 */
@NullMarked
package dev.byway.core.content;

import org.jspecify.annotations.NullMarked;
