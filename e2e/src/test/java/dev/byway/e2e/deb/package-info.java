/** The Debian packages, in a Debian of their own. */
@NullMarked
package dev.byway.e2e.deb;

import org.jspecify.annotations.NullMarked;
