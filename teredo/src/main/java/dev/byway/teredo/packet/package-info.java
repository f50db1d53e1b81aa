/**
 * The packets of Teredo as values (RFC 4380 section 5.1, RFC 6081 section 4): what anybody may have sent is read here, whole and
 * within limits, or refused by a {@link dev.byway.teredo.packet.Rule} that is named after its section.
 *
 * <p>Read {@link dev.byway.teredo.packet.TeredoPacket} first.
 */
@NullMarked
package dev.byway.teredo.packet;

import org.jspecify.annotations.NullMarked;
