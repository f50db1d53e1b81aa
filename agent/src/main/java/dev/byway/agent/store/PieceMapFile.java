package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.store.PieceMap;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;

/** Finds out what the file {@code pieces} of a content may be believed. */
final class PieceMapFile {
    private PieceMapFile() {}

    /**
     * What the file says.
     *
     * @param durable pieces that are there
     * @param claimed pieces that one of the copies says are there
     */
    record Found(ContentId id, PieceLayout layout, Path path, SlotFile file, PieceSet durable, PieceSet claimed) {
        private static Found nothing(ContentId id, PieceLayout layout, Path path, SlotFile file) {
            PieceSet none = PieceSet.none(layout.pieceCount());
            return new Found(id, layout, path, file, none, none);
        }
    }

    /** Puts a map without pieces in place, durably, whatever was there. */
    static Found empty(Disk disk, Path path, ContentId id, PieceLayout layout) throws IOException {
        Found none = fresh(disk, path, id, layout);
        none.file().save(encoded(none));
        return none;
    }

    /** The map of a new folder, in which no file says anything yet. */
    static Found fresh(Disk disk, Path path, ContentId id, PieceLayout layout) {
        int length = new PieceMap(id, layout, PieceSet.none(layout.pieceCount())).encode().length;
        return Found.nothing(id, layout, path, SlotFile.missing(disk, path, length));
    }

    private static byte[] encoded(Found map) {
        return new PieceMap(map.id(), map.layout(), map.durable()).encode();
    }

    /**
     * Reads the map. A torn copy is passed over; without a whole copy, or with one of something else, nothing is
     * believed. A claim that cannot be true is taken from the disk at once: once the data file has grown over its place,
     * nobody could tell any more.
     *
     * @param dataSize bytes of the data file; a piece that does not end within them is not there
     */
    static Found read(Disk disk, Path path, ContentId id, long dataSize) throws IOException {
        Optional<SlotFile.Loaded> loaded = SlotFile.load(disk, path);
        List<ByteString> copies = loaded.map(SlotFile.Loaded::copies).orElse(List.of());
        List<PieceMap> maps = copies.stream()
                .flatMap(copy -> PieceMap.decode(id, copy.toArray()).stream())
                .toList();
        boolean believed = !maps.isEmpty()
                && maps.size() == copies.size()
                && maps.getFirst().layout().equals(maps.getLast().layout());
        if (!believed) {
            return empty(disk, path, id, PieceLayout.of(id.length()));
        }
        PieceMap newest = maps.getFirst();
        SlotFile file = loaded.orElseThrow().file();
        PieceSet there = within(newest, dataSize);
        if (!there.equals(newest.pieces())) {
            file.saveBoth(new PieceMap(id, newest.layout(), there).encode());
            return new Found(id, newest.layout(), path, file, there, there);
        }
        PieceSet claimed = there.copy();
        maps.getLast().pieces().pieces().forEachRemaining((int piece) -> claimed.add(piece));
        return new Found(id, newest.layout(), path, file, there, claimed);
    }

    private static PieceSet within(PieceMap map, long dataSize) {
        PieceSet there = map.pieces().copy();
        for (PrimitiveIterator.OfInt i = map.pieces().pieces(); i.hasNext(); ) {
            int piece = i.nextInt();
            if (map.layout().piece(piece).end() > dataSize) {
                there.remove(piece);
            }
        }
        return there;
    }
}
