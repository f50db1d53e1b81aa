/** {@code byway get}: from a URL to a file of the user. */
@NullMarked
package dev.byway.cli.get;

import org.jspecify.annotations.NullMarked;
