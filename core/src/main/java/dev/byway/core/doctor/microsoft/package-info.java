/**
 * What the doctor concludes about Microsoft's Delivery Optimization: which hosts a device needs, and the judgement of what came of
 * trying them. Tries nothing itself.
 */
@NullMarked
package dev.byway.core.doctor.microsoft;

import org.jspecify.annotations.NullMarked;
