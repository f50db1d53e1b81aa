/** The doctor of Microsoft's service, at stand-ins for its hosts. */
@NullMarked
package dev.byway.e2e.microsoft;

import org.jspecify.annotations.NullMarked;
