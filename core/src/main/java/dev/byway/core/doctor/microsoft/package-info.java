/**
 * What the doctor concludes about Microsoft's Delivery Optimization: which hosts a device needs, the judgement of what came of trying
 * them, and the packets by which a Teredo server is asked. Tries nothing itself.
 */
@NullMarked
package dev.byway.core.doctor.microsoft;

import org.jspecify.annotations.NullMarked;
