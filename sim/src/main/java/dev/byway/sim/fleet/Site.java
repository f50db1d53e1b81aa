package dev.byway.sim.fleet;

import dev.byway.sim.net.Pipe;
import dev.byway.sim.time.Agenda;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One site: its part of virtual time, a line to the world that all in it share, each way, and its devices. */
final class Site {
    private static final double UNLIMITED = 1e6;

    final int number;
    final Agenda agenda;
    final Pipe origin;
    final Pipe in;
    final Pipe out;
    final Optional<CacheHost> cache;
    final List<SimDevice> devices = new ArrayList<>();
    final Trace trace;
    long told;
    long requests;
    int pending;

    Site(int number, Scenario scenario, Agenda agenda, SimContent content, boolean traced) {
        this.number = number;
        this.agenda = agenda;
        Cable line = scenario.network().line();
        this.origin = new Pipe(agenda, UNLIMITED);
        this.in = new Pipe(agenda, line.down());
        this.out = new Pipe(agenda, line.up());
        this.cache = scenario.network().cache().map(rate -> new CacheHost(new Pipe(agenda, rate), content.layout()));
        this.trace = new Trace(agenda, traced);
    }
}
