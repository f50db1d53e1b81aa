package dev.byway.agent.peering;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * "Can you reach me?", asked of peers and answered for them: the one who is asked dials the other end of that very link, at the
 * port of its hello, and no other address. Asking is owned by the device loop; answering dials on threads of its own.
 */
final class DialBacks {
    private static final int AT_ONCE = 4;

    private final Dialler dialler;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<Integer, CompletableFuture<ProbeOutcome>> asked = new HashMap<>();

    /** Shakes hands with a device and closes; blocks for a stated time. */
    @FunctionalInterface
    interface Dialler {
        ProbeOutcome dial(InetSocketAddress address, DeviceId expected);
    }

    DialBacks(Dialler dialler) {
        this.dialler = dialler;
    }

    /** Asks a peer; {@link ProbeOutcome#NOT_TRIED} at once when it does not answer such questions, or was asked enough. */
    void ask(PeerLink peer, CompletableFuture<ProbeOutcome> answer) {
        boolean answers = (peer.link().hello().features() & Feature.PROBE) != 0;
        if (!answers || !peer.link().maySend(Allowance.PROBE)) {
            answer.complete(ProbeOutcome.NOT_TRIED);
            return;
        }
        int nonce = RandomGenerator.getDefault().nextInt();
        asked.put(nonce, answer);
        peer.link().send(new Frame.Probe(nonce));
    }

    /** What a peer found out; nothing when nobody asked. */
    void answered(Frame.ProbeResult result) {
        Optional.ofNullable(asked.remove(result.nonce())).ifPresent(answer -> answer.complete(result.outcome()));
    }

    /** Lets go of those for whom nobody waits any more. */
    void tidy() {
        asked.values().removeIf(CompletableFuture::isDone);
    }

    /** Answers a peer that asks. */
    void dial(PeerLink peer, Frame.Probe probe) {
        int port = peer.link().hello().port();
        if (port == 0 || !free.tryAcquire()) {
            peer.link().send(new Frame.ProbeResult(probe.nonce(), ProbeOutcome.NOT_TRIED));
            return;
        }
        Thread.ofVirtual().name("byway-dial-back").start(() -> {
            try {
                InetSocketAddress there =
                        new InetSocketAddress(peer.link().remote().getAddress(), port);
                peer.link().send(new Frame.ProbeResult(probe.nonce(), dialler.dial(there, peer.device())));
            } finally {
                free.release();
            }
        });
    }
}
