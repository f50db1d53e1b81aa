package dev.byway.sim.fleet;

import dev.byway.core.swarm.SourceId;
import dev.byway.sim.time.Agenda;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The links of one device, and what is said over them. Inside a site a link stands at once on both ends; between sites it is
 * asked for and answered, because neither end may look at the other.
 */
final class SimLinks {
    private final SimDevice self;
    private final Fleet fleet;
    private final Agenda agenda;
    private final TreeMap<Integer, SimLink> open = new TreeMap<>();
    private final Set<Integer> dialling = new HashSet<>();
    private int dials;
    private long nearArrives;

    /** What is to happen to a peer that hears something. */
    interface Message {
        void reach(SimDevice peer, SimLink back);
    }

    SimLinks(SimDevice self, Fleet fleet) {
        this.self = self;
        this.fleet = fleet;
        this.agenda = self.site.agenda;
    }

    /** The link with the device behind a source. */
    Optional<SimLink> with(SourceId source) {
        return Optional.ofNullable(open.get(SimLink.device(source)));
    }

    boolean isOpen(SimDevice peer, long number) {
        SimLink link = open.get(peer.index);
        return link != null && link.number == number;
    }

    // ---- coming about ----

    /** Links with a device that it was told of, if both have room. */
    void dial(SimDevice peer) {
        if (open.size() + dialling.size() >= fleet.maxLinks() || !mayOpen(peer)) {
            return;
        }
        long number = (long) self.index << 32 | ++dials;
        if (self.isNear(peer)) {
            openInside(peer, number);
        } else {
            dialling.add(peer.index);
            int life = self.life();
            post(peer, () -> peer.links().dialledBy(self, number, life));
        }
    }

    /** Room is kept for those who come later: a device takes twice as many links as it dials, as {@code Neighbours} does. */
    private boolean mayOpen(SimDevice peer) {
        boolean honest = self.behaviour == Behaviour.HONEST || peer.behaviour == Behaviour.HONEST;
        return honest
                && self.isUp()
                && open.size() + dialling.size() < 2 * fleet.maxLinks()
                && !open.containsKey(peer.index)
                && !dialling.contains(peer.index);
    }

    private void openInside(SimDevice peer, long number) {
        if (peer.links().mayOpen(self)) {
            SimLink link = open(peer, number);
            SimLink back = peer.links().open(self, number);
            SimLink.join(link, back);
            self.meet(link);
            peer.meet(back);
        }
    }

    /** Of two that dial each other the one with the smaller number goes on. */
    private void dialledBy(SimDevice dialler, long number, int itsLife) {
        boolean oursGoesOn = dialling.contains(dialler.index) && self.index < dialler.index;
        if (!oursGoesOn) {
            dialling.remove(dialler.index);
        }
        boolean takes = !oursGoesOn && mayOpen(dialler);
        post(dialler, () -> dialler.links().answeredBy(self, number, takes, itsLife));
        if (takes) {
            self.meet(open(dialler, number));
        }
    }

    private void answeredBy(SimDevice peer, long number, boolean taken, int ourLife) {
        boolean waited = dialling.remove(peer.index);
        if (!taken) {
            return;
        }
        if (waited && ourLife == self.life() && mayOpen(peer)) {
            self.meet(open(peer, number));
        } else {
            post(peer, () -> peer.links().closedBy(self, number));
        }
    }

    private SimLink open(SimDevice peer, long number) {
        SimLink link = new SimLink(peer, number);
        open.put(peer.index, link);
        return link;
    }

    // ---- coming to an end ----

    /** Closes a link; the peer finds out a moment later. */
    void close(SimLink link) {
        sayGoodbye(link);
        self.part(link);
    }

    /** Closes all of a device that is not there any more. */
    void closeAll() {
        List.copyOf(open.values()).forEach(this::sayGoodbye);
    }

    private void sayGoodbye(SimLink link) {
        SimDevice peer = link.peer;
        open.remove(peer.index);
        link.close();
        long takes = link.arrival(agenda.now().nanos(), fleet.wordNanos(self, peer));
        agenda.inNanos(peer.site.agenda, takes, () -> peer.links().closedBy(self, link.number));
    }

    private void closedBy(SimDevice peer, long number) {
        SimLink link = open.get(peer.index);
        if (link != null && link.number == number) {
            open.remove(peer.index);
            link.close();
            self.part(link);
        }
    }

    // ---- what is said ----

    /** Says something to a neighbour, after everything said to it before. */
    void say(SimLink link, Message message) {
        SimDevice peer = link.peer;
        long takes = link.arrival(agenda.now().nanos(), fleet.wordNanos(self, peer));
        if (self.isNear(peer)) {
            agenda.inNanos(takes, () -> link.deliver(message));
        } else {
            agenda.inNanos(peer.site.agenda, takes, () -> peer.links().hear(self, link.number, message));
        }
    }

    /**
     * Says the same to several neighbours, one after the other. What reaches devices of the site at the same moment is one event:
     * nothing could happen in between.
     */
    void say(List<SimLink> links, Message message) {
        List<SimLink> together = new ArrayList<>(links.size());
        long arrives = 0;
        for (SimLink link : links) {
            if (!self.isNear(link.peer)) {
                say(link, message);
                continue;
            }
            long takes = link.arrival(agenda.now().nanos(), fleet.wordNanos(self, link.peer));
            if (takes != arrives && !together.isEmpty()) {
                sayTogether(together, arrives, message);
                together = new ArrayList<>();
            }
            arrives = takes;
            together.add(link);
        }
        if (!together.isEmpty()) {
            sayTogether(together, arrives, message);
        }
    }

    private void sayTogether(List<SimLink> near, long takes, Message message) {
        agenda.inNanos(takes, () -> near.forEach(link -> link.deliver(message)));
    }

    private void hear(SimDevice peer, long number, Message message) {
        SimLink back = open.get(peer.index);
        if (back != null && back.number == number) {
            message.reach(self, back);
        }
    }

    /** Says the same to all neighbours, as {@link #sayTo} does. */
    void sayAll(Message message) {
        sayTo(_ -> true, message);
    }

    /** Says the same to some neighbours; to those of the site at the same moment, which is one event. */
    void sayTo(Predicate<SimLink> hearers, Message message) {
        long now = agenda.now().nanos();
        nearArrives = Math.max(nearArrives, now);
        List<SimLink> near = new ArrayList<>(open.size());
        for (SimLink link : open.values()) {
            if (!hearers.test(link)) {
                continue;
            }
            if (self.isNear(link.peer)) {
                near.add(link);
                nearArrives = Math.max(nearArrives, now + link.arrival(now, fleet.wordNanos(self, link.peer)));
            } else {
                say(link, message);
            }
        }
        for (SimLink link : near) {
            link.arrival(now, nearArrives - now);
        }
        if (!near.isEmpty()) {
            sayTogether(near, nearArrives - now, message);
        }
    }

    private void post(SimDevice peer, Runnable action) {
        agenda.inNanos(peer.site.agenda, fleet.wordNanos(self, peer), action);
    }
}
