/** The Teredo server's sockets, UDP 3544; the rules are {@link dev.byway.teredo.server.TeredoServer}. */
@NullMarked
package dev.byway.coordinator.teredo;

import org.jspecify.annotations.NullMarked;
