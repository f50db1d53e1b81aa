package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Devices that fetch one file, each from its own moment on, against the clock. Looking late does no harm: what counts are
 * the {@link Stamps}.
 */
final class Round {
    private static final long TICK = Duration.ofMillis(5).toNanos();
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Contender contender;
    private final Wanted file;
    private final Contender.From from;
    private final List<Seat> seats = new ArrayList<>();

    /** A device's part in it. */
    private static final class Seat {
        private final Device device;
        private final Duration after;
        private Optional<Running> command = Optional.empty();
        private OptionalDouble seconds = OptionalDouble.empty();

        Seat(Device device, Duration after) {
            this.device = device;
            this.after = after;
        }
    }

    Round(Contender contender, Wanted file, Contender.From from) {
        this.contender = contender;
        this.file = file;
        this.from = from;
    }

    /** Adds a device that comes so long after the beginning. */
    Round with(Device device, Duration after) {
        seats.add(new Seat(device, after));
        return this;
    }

    /**
     * Runs it until all have the file, or the time is up.
     *
     * @param bound of the time since the beginning
     * @param watch called about four times a second
     * @return seconds of each device, in the order of {@link #with}; nothing for one that did not finish
     * @throws FailedFetchException when a program gives up or delivers something else
     */
    List<OptionalDouble> run(Duration bound, Consumer<Round> watch) {
        Instant begin = Instant.now();
        Instant looked = begin;
        List<Seat> left = new ArrayList<>(seats);
        while (!left.isEmpty() && Instant.now().isBefore(begin.plus(bound))) {
            for (Seat seat : left) {
                if (seat.command.isEmpty() && !Instant.now().isBefore(begin.plus(seat.after))) {
                    seat.command = Optional.of(contender.fetch(seat.device, file, from));
                }
            }
            left.removeIf(this::isDone);
            left.forEach(seat -> seat.command.ifPresent(Round::mustNotFail));
            if (Duration.between(looked, Instant.now()).compareTo(LOOK) > 0) {
                looked = Instant.now();
                watch.accept(this);
            }
            LockSupport.parkNanos(TICK);
        }
        return seats.stream().map(seat -> seat.seconds).toList();
    }

    /** Holds what was delivered against the file. */
    void check() {
        for (Seat seat : seats) {
            contender.collect(seat.device, file);
            if (seat.seconds.isPresent() && !file.isRight(seat.device)) {
                throw new FailedFetchException(
                        "delivered something else to " + seat.device.host().name());
            }
        }
    }

    private boolean isDone(Seat seat) {
        seat.seconds = Stamps.seconds(seat.device, file);
        return seat.seconds.isPresent();
    }

    private static void mustNotFail(Running command) {
        if (!command.isAlive() && command.awaitEnd(Duration.ZERO) != 0) {
            throw new FailedFetchException("failed: " + (command.output() + command.errors()).strip());
        }
    }
}
