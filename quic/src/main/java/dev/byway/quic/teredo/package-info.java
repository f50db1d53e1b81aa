/**
 * QUIC through Teredo: the rules of {@link dev.byway.teredo.client.TeredoClient} over the one UDP socket, and the fast path of the
 * packets that they have opened a way for.
 */
@NullMarked
package dev.byway.quic.teredo;

import org.jspecify.annotations.NullMarked;
