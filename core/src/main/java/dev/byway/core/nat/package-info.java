/** What NATs do, in the words of RFC 4787 and RFC 5780. */
@NullMarked
package dev.byway.core.nat;

import org.jspecify.annotations.NullMarked;
