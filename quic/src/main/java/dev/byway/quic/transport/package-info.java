/**
 * How QUIC's datagrams travel: the seam between QUIC and the one UDP socket.
 *
 * <p>Read {@link dev.byway.quic.transport.DatagramTransport} first.
 */
@NullMarked
package dev.byway.quic.transport;

import org.jspecify.annotations.NullMarked;
