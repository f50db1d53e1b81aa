/**
 * The frames two peers exchange on one link: sealed records, one codec, one place for every limit.
 */
@NullMarked
package dev.byway.core.wire;

import org.jspecify.annotations.NullMarked;
