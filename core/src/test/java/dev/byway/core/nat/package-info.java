/** Tests of the words for NATs. */
@NullMarked
package dev.byway.core.nat;

import org.jspecify.annotations.NullMarked;
