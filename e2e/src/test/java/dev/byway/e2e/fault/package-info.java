/** The catalogue of faults: one at a time is injected into a healthy lab, and the doctor has to find that one and no other. */
@NullMarked
package dev.byway.e2e.fault;

import org.jspecify.annotations.NullMarked;
