/**
 * Every setting, where its value came from, and the gates that refuse a source because of one.
 */
@NullMarked
package dev.byway.core.policy;

import org.jspecify.annotations.NullMarked;
