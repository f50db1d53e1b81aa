package dev.byway.agent.peering;

import dev.byway.agent.link.Link;
import dev.byway.agent.link.PieceReader;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A link that leads nowhere and keeps what is said on it. */
class QuietLink implements Link {
    final List<Frame> said = new CopyOnWriteArrayList<>();
    final List<Integer> served = new CopyOnWriteArrayList<>();
    final List<RejectReason> closed = new CopyOnWriteArrayList<>();
    private final PeerIdentity peer;

    QuietLink(int device, Membership membership) {
        this.peer = new PeerIdentity(new DeviceId(Digest.sha256(new byte[] {(byte) device})), membership);
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 7680);
    }

    @Override
    public boolean dialledHere() {
        return false;
    }

    @Override
    public Frame.Hello hello() {
        return new Frame.Hello(0, 0, "quiet", "");
    }

    @Override
    public void send(Frame frame) {
        said.add(frame);
    }

    @Override
    public boolean maySend(Allowance allowance) {
        return true;
    }

    @Override
    public void serve(int request, long offset, int length, PieceReader source) {
        served.add(request);
    }

    @Override
    public void cancel(int request, RejectReason reason) {}

    @Override
    public void close(RejectReason reason) {
        closed.add(reason);
    }

    @Override
    public long bytesIn() {
        return 0;
    }

    @Override
    public long bytesOut() {
        return 0;
    }

    @Override
    public Duration silence() {
        return Duration.ZERO;
    }
}
