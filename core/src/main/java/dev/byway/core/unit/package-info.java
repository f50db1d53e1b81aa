/**
 * Typed units that cross every boundary: moments, byte ranges and rates. No bare numbers between packages.
 */
@NullMarked
package dev.byway.core.unit;

import org.jspecify.annotations.NullMarked;
