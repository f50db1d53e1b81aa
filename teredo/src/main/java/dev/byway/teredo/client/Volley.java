package dev.byway.teredo.client;

import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Many solicitations at once: how many are answered tells whether something on the way lets few packets of UDP through. */
final class Volley {
    /** Far fewer than a server answers at once, and more than those who limit UDP to little let through. */
    private static final int SIZE = 20;

    private final UdpAddress server;
    private final RandomGenerator random;
    private final Set<Long> awaited = new HashSet<>();
    private int sent;

    Volley(UdpAddress server, RandomGenerator random) {
        this.server = server;
        this.random = random;
    }

    List<ClientEffect> fire() {
        awaited.clear();
        sent = SIZE;
        List<ClientEffect> effects = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            RouterSolicitation question = RouterSolicitation.of(random.nextLong());
            awaited.add(question.nonce());
            effects.add(new ClientEffect.Send(server, question.packet().encode()));
        }
        return effects;
    }

    /** Whether a packet answers one of them that was not answered before. */
    boolean tookIn(UdpAddress from, TeredoPacket packet) {
        return from.equals(server)
                && packet.authentication()
                        .filter(answer -> awaited.remove(answer.nonce()))
                        .isPresent();
    }

    ClientCounts.Burst result() {
        return new ClientCounts.Burst(sent, sent - awaited.size());
    }
}
