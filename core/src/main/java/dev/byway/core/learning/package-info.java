/** What a coordinator fetches once by itself, to know it: for whom, how much, and when again. */
@NullMarked
package dev.byway.core.learning;

import org.jspecify.annotations.NullMarked;
