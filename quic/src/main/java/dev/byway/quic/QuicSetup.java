package dev.byway.quic;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all connections of a socket have in common.
 *
 * @param credentials asked for at every connection, since joining a fleet changes them
 * @param incoming takes a stream that another device opened, on a virtual thread of its own; whom it is from is still to be judged by its
 *     certificates
 * @param times how long things may take
 */
public record QuicSetup(Supplier<Credentials> credentials, Consumer<QuicStream> incoming, QuicTimes times) {}
