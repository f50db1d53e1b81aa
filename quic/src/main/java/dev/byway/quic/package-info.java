/**
 * Links over QUIC: one UDP socket, one event loop, and connections of one stream each, which blocking code reads and writes. The only
 * module that uses Netty; nothing of Netty, nor of its native libraries, is loaded before the first socket is opened.
 *
 * <p>Read {@link dev.byway.quic.QuicSocket} first.
 */
@NullMarked
package dev.byway.quic;

import org.jspecify.annotations.NullMarked;
