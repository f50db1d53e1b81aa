package dev.byway.agent.link;

import java.time.Duration;

/** Times for tests: as agents use them, or short ones for one stage. */
final class TestTimes {
    private TestTimes() {}

    static LinkTimes handshake(Duration handshake) {
        LinkTimes s = LinkTimes.STANDARD;
        return new LinkTimes(s.connect(), handshake, s.hello(), s.keepAlive(), s.silence(), s.stall(), s.grace());
    }

    static LinkTimes hello(Duration hello) {
        LinkTimes s = LinkTimes.STANDARD;
        return new LinkTimes(s.connect(), s.handshake(), hello, s.keepAlive(), s.silence(), s.stall(), s.grace());
    }

    static LinkTimes life(Duration keepAlive, Duration silence, Duration stall) {
        LinkTimes s = LinkTimes.STANDARD;
        return new LinkTimes(s.connect(), s.handshake(), s.hello(), keepAlive, silence, stall, s.grace());
    }
}
