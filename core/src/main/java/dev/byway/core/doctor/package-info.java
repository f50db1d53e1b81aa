/**
 * What the doctor concludes from what was tried: checks, which of them presuppose which, and the judgement of each from facts.
 * Tries nothing itself.
 */
@NullMarked
package dev.byway.core.doctor;

import org.jspecify.annotations.NullMarked;
