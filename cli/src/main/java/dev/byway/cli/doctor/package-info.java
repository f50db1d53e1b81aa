/** {@code byway doctor}: looks at everything between this device and its neighbours, and says what is wrong. */
@NullMarked
package dev.byway.cli.doctor;

import org.jspecify.annotations.NullMarked;
