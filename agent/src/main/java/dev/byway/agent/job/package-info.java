/**
 * What the local doors offer: downloads as jobs that can be asked for, watched, read and given up. Implemented by {@code
 * download}, offered over loopback by {@code api}, used by the command line.
 */
@NullMarked
package dev.byway.agent.job;

import org.jspecify.annotations.NullMarked;
