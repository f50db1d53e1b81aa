/** Files that nobody published and of which only the digest is known: who fetches one from outside, and who waits for whom. */
@NullMarked
package dev.byway.core.seeking;

import org.jspecify.annotations.NullMarked;
