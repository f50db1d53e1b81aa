package dev.byway.core.swarm;

import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.DeviceId;

/**
 * Where one download stands; its rules share it.
 *
 * @param assembly the pieces
 * @param picker which piece of a peer next
 * @param sources who is there
 * @param claims what we fetch for others too
 * @param leases what our neighbours say they fetch for us too
 * @param crews who fetches what
 * @param transfers the requests under way
 * @param topUp whether the origin helps
 * @param effects what is to be done about the event at hand
 */
record DownloadState(
        Tuning tuning,
        Assembly assembly,
        Picker picker,
        Sources sources,
        Claims claims,
        Leases leases,
        Crews crews,
        Transfers transfers,
        TopUp topUp,
        Effects effects) {
    static DownloadState of(PieceLayer layer, PieceSet held, DeviceId self, Tuning tuning) {
        Assembly assembly = new Assembly(layer, held);
        Effects effects = new Effects();
        Sources sources = new Sources(tuning, layer.layout().pieceCount());
        Claims claims = new Claims(sources, effects);
        Leases leases = new Leases(tuning, layer.layout().pieceCount());
        long content = layer.id().root().prefix();
        return new DownloadState(
                tuning,
                assembly,
                new Picker(layer.layout(), assembly, self),
                sources,
                claims,
                leases,
                new Crews(tuning, layer.layout(), self, content, claims, leases, sources),
                new Transfers(assembly, claims, effects),
                new TopUp(tuning.stall(), tuning.leaveAlone()),
                effects);
    }

    PieceLayout layout() {
        return assembly.layout();
    }
}
