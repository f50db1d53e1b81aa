/**
 * The rules of the cache on disk: what may be claimed after a crash, when data is made durable, what is evicted, and the
 * bytes of the records that say so. Files themselves are the agent's affair.
 */
@NullMarked
package dev.byway.core.store;

import org.jspecify.annotations.NullMarked;
