package dev.byway.quic;

/** The contract with the driver of systems other than Linux. */
class NioTransportTest extends PlainTransportTest {
    @Override
    UdpDriver driver() {
        return UdpDriver.NIO;
    }
}
