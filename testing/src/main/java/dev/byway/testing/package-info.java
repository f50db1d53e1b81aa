/** What the tests of several modules use: real servers on loopback, a certificate authority, and damaged input. Not part of the program. */
@NullMarked
package dev.byway.testing;

import org.jspecify.annotations.NullMarked;
