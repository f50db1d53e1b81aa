/**
 * Who gave which byte, and why a source gave none: the ledger behind the progress bar, {@code why} and every report.
 */
@NullMarked
package dev.byway.core.account;

import org.jspecify.annotations.NullMarked;
