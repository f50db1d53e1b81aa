/** The rules of discovery in virtual time, and what strangers on the link may try. */
@NullMarked
package dev.byway.core.discovery;

import org.jspecify.annotations.NullMarked;
