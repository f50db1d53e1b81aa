package dev.byway.agent.link;

import dev.byway.agent.identity.PeerTls;
import dev.byway.core.wire.Frame;
import java.util.function.Supplier;

/**
 * What all links of a device have in common.
 *
 * @param tls this device's certificate and trust, asked for at every connection, since joining a fleet changes them
 * @param hello what this device says first, asked for at every connection
 * @param handler takes what happens on the links
 * @param uploads the limit on content sent
 * @param times how long things may take
 */
public record LinkSetup(
        Supplier<PeerTls> tls, Supplier<Frame.Hello> hello, LinkHandler handler, Throttle uploads, LinkTimes times) {}
