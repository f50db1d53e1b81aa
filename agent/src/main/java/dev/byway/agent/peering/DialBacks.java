package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * "Can you reach me, and do you hear me?", asked of peers and answered for them: the one who is asked dials the other end of that
 * very link, at the port of its hello, and no other address, and looks whether DNS-SD told it of the device. Asking is owned by
 * the device loop; answering dials on threads of its own.
 */
final class DialBacks {
    private static final int AT_ONCE = 4;

    /** Time for the announcement of a device that has just come, before it is said that it is not heard. */
    private static final Duration LISTENING = Duration.ofSeconds(1);

    private final Peering.Dialling dialling;
    private final Predicate<DeviceId> heard;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<Integer, Asked> asked = new HashMap<>();

    private record Asked(PeerLink peer, CompletableFuture<Optional<Frame.ProbeResult>> answer) {}

    /**
     * @param dialling shakes hands with a device and closes, and knows whether DNS-SD looks for any
     * @param heard whether DNS-SD told of a device
     */
    DialBacks(Peering.Dialling dialling, Predicate<DeviceId> heard) {
        this.dialling = dialling;
        this.heard = heard;
    }

    /** Asks a peer; nothing comes of it, at once, when it does not answer such questions, or was asked enough. */
    void ask(PeerLink peer, CompletableFuture<Optional<Frame.ProbeResult>> answer) {
        boolean answers = (peer.link().hello().features() & Feature.PROBE) != 0;
        if (!answers || !peer.link().maySend(Allowance.PROBE)) {
            answer.complete(Optional.empty());
            return;
        }
        int nonce = RandomGenerator.getDefault().nextInt();
        asked.put(nonce, new Asked(peer, answer));
        peer.link().send(new Frame.Probe(nonce));
    }

    /** What a peer found out; nothing when nobody asked. */
    void answered(Frame.ProbeResult result) {
        Optional.ofNullable(asked.remove(result.nonce()))
                .ifPresent(waiting -> waiting.answer().complete(Optional.of(result)));
    }

    /** A link is gone: no answer will come over it. */
    void closed(PeerLink peer) {
        asked.values().stream()
                .filter(waiting -> waiting.peer().equals(peer))
                .forEach(waiting -> waiting.answer().complete(Optional.empty()));
        tidy();
    }

    /** Lets go of those for whom nobody waits any more. */
    void tidy() {
        asked.values().removeIf(waiting -> waiting.answer().isDone());
    }

    /** Answers a peer that asks. */
    void answer(PeerLink peer, Frame.Probe probe) {
        if (!free.tryAcquire()) {
            peer.link().send(new Frame.ProbeResult(probe.nonce(), ProbeOutcome.NOT_TRIED, Hearing.NOT_LOOKING));
            return;
        }
        Thread.ofVirtual().name("byway-dial-back").start(() -> {
            try {
                Moment until = Loop.now().plus(LISTENING);
                ProbeOutcome outcome = dial(peer);
                peer.link().send(new Frame.ProbeResult(probe.nonce(), outcome, hearing(peer.device(), until)));
            } finally {
                free.release();
            }
        });
    }

    private ProbeOutcome dial(PeerLink peer) {
        int port = peer.link().hello().port();
        return port == 0
                ? ProbeOutcome.NOT_TRIED
                : dialling.dialBack(new InetSocketAddress(peer.link().remote().getAddress(), port), peer.device());
    }

    private Hearing hearing(DeviceId device, Moment until) {
        if (!dialling.isLooking()) {
            return Hearing.NOT_LOOKING;
        }
        if (!heard.test(device)) {
            pause(until.since(Loop.now()));
        }
        return heard.test(device) ? Hearing.HEARD : Hearing.NOT_HEARD;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time); // Nothing at all when it is negative.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
