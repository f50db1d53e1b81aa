package dev.byway.agent.examination;

import dev.byway.agent.link.DialResult;
import dev.byway.agent.link.LinkDialler;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.PeerLink;
import dev.byway.agent.peering.Peering;
import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.doctor.Trial;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries neighbours both ways: dials them, and has them dial this device, which they do when asked over a link, or through the
 * coordinator where there is none. All at the same time, within {@link #TIME}.
 */
final class NeighbourTrials {
    static final Duration TIME = Duration.ofSeconds(9);

    private static final int MOST_ADDRESSES = 2;
    private static final Duration LINK_TIME = Duration.ofSeconds(2);
    private static final Duration ASKED_TIME = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(5);
    private static final Duration SHORT_ANSWER_TIME = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 50;

    private final Peering peering;
    private final LinkDialler dialler;
    private final Consumer<DeviceId> asking;

    /** @param asking asks a device, through the coordinator, to dial this one */
    NeighbourTrials(Peering peering, LinkDialler dialler, Consumer<DeviceId> asking) {
        this.peering = peering;
        this.dialler = dialler;
        this.asking = asking;
    }

    /** Tries all of them. */
    List<Neighbour> run(List<Acquaintance> acquaintances) throws InterruptedException {
        if (acquaintances.isEmpty()) {
            return List.of();
        }
        peering.want();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Trial>> outward = acquaintances.stream()
                    .<Callable<Trial>>map(one -> () -> outward(one))
                    .toList();
            List<Callable<Answer>> asks = acquaintances.stream()
                    .<Callable<Answer>>map(one -> () -> ask(one))
                    .toList();
            List<Future<Trial>> dials = outward.stream().map(threads::submit).toList();
            List<Future<Answer>> answers = threads.invokeAll(asks, TIME.toMillis(), TimeUnit.MILLISECONDS);
            List<Neighbour> tried = new ArrayList<>();
            for (int i = 0; i < acquaintances.size(); i++) {
                Acquaintance one = acquaintances.get(i);
                Answer answer = result(answers.get(i), Answer::without);
                tried.add(new Neighbour(
                        one.device(),
                        one.name(),
                        one.heard(),
                        one.named(),
                        one.asked(),
                        result(dials.get(i), Trial::not),
                        answer.inward(),
                        answer.hearing()));
            }
            return tried;
        }
    }

    private static <T> T result(Future<T> future, Function<String, T> without) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return without.apply("it took longer than " + TIME.toSeconds() + " s");
        } catch (ExecutionException e) {
            return without.apply(String.valueOf(e.getCause()));
        }
    }

    private Trial outward(Acquaintance one) {
        Optional<DialResult.Failed> failure = Optional.empty();
        for (InetSocketAddress address :
                one.addresses().stream().limit(MOST_ADDRESSES).toList()) {
            Optional<DialResult.Failed> failed = dialler.check(address, one.id());
            if (failed.isEmpty()) {
                return new Trial(ProbeOutcome.HANDSHAKE, "connected and shook hands");
            }
            failure = failure.or(() -> failed);
        }
        return failure.map(failed -> new Trial(failed.outcome(), failed.detail()))
                .orElseGet(() -> Trial.not("it takes no links"));
    }

    /** What a neighbour says of the way to this device. */
    private record Answer(Trial inward, Hearing hearing) {
        static Answer without(String why) {
            return new Answer(Trial.not(why), Hearing.NOT_LOOKING);
        }
    }

    private Answer ask(Acquaintance one) throws InterruptedException {
        Optional<PeerLink> link = awaitLink(one, LINK_TIME, false);
        if (link.isEmpty()) {
            return throughTheCoordinator(one);
        }
        Optional<Frame.ProbeResult> result = askOver(link.get(), one, ANSWER_TIME);
        ProbeOutcome outcome = result.map(Frame.ProbeResult::outcome).orElse(ProbeOutcome.NOT_TRIED);
        if (outcome == ProbeOutcome.NOT_TRIED) {
            return awaitLink(one, Duration.ZERO, false).isPresent()
                    ? Answer.without("it did not dial back; a device does so six times a minute at the most")
                    : throughTheCoordinator(one);
        }
        return new Answer(
                new Trial(outcome, "asked over a link, it dialled back and " + words(outcome)), hearing(result));
    }

    private Answer throughTheCoordinator(Acquaintance one) throws InterruptedException {
        if (!one.named() || one.id().isEmpty()) {
            return Answer.without("there is no link to ask it over, and no coordinator that knows it");
        }
        asking.accept(one.id().get());
        Optional<PeerLink> link = awaitLink(one, ASKED_TIME, true);
        if (link.isEmpty()) {
            String late = "asked through the coordinator, it did not come within " + ASKED_TIME.toSeconds() + " s";
            return new Answer(new Trial(ProbeOutcome.TIMEOUT, late), Hearing.NOT_LOOKING);
        }
        return new Answer(
                new Trial(ProbeOutcome.HANDSHAKE, "asked through the coordinator, it dialled"),
                hearing(askOver(link.get(), one, SHORT_ANSWER_TIME)));
    }

    /** Asks over a link, and over the next one when that link gives way to it, as one of two between the same devices does. */
    private Optional<Frame.ProbeResult> askOver(PeerLink first, Acquaintance one, Duration most)
            throws InterruptedException {
        Moment until = Loop.now().plus(most);
        Optional<PeerLink> link = Optional.of(first);
        while (link.isPresent()) {
            Optional<Frame.ProbeResult> result = peering.askToDialBack(link.get(), until.since(Loop.now()));
            if (result.isPresent() || peering.links().contains(link.get())) {
                return result;
            }
            link = awaitLink(one, until.since(Loop.now()), false);
        }
        return Optional.empty();
    }

    private static Hearing hearing(Optional<Frame.ProbeResult> result) {
        return result.map(Frame.ProbeResult::hearing).orElse(Hearing.NOT_LOOKING);
    }

    private static String words(ProbeOutcome outcome) {
        return switch (outcome) {
            case HANDSHAKE -> "shook hands";
            case OTHER_DEVICE -> "something else answered, or the handshake failed";
            case REFUSED -> "was refused";
            case TIMEOUT -> "got no answer";
            case UNREACHABLE -> "found no way here";
            case NOT_TRIED -> "did not try";
        };
    }

    private Optional<PeerLink> awaitLink(Acquaintance one, Duration most, boolean dialledThere)
            throws InterruptedException {
        Moment until = Loop.now().plus(most);
        while (true) {
            Optional<PeerLink> found = peering.links().stream()
                    .filter(one::isAt)
                    .filter(link -> !dialledThere || !link.status().dialledHere())
                    .findFirst();
            if (found.isPresent() || Loop.now().isAfter(until)) {
                return found;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
