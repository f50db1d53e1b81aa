package dev.byway.agent.download;

import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.unit.ByteRange;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginFailureException;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Holds some pieces of a layer that a neighbour gave against the origin. Blocks. */
final class OriginSample {
    /** Pieces that are looked at. */
    private static final int PIECES = 2;

    /** Longer pieces are looked at and come again later: they are not kept in memory. */
    private static final int MOST_KEPT = 1 << 20;

    private static final int BUFFER = 64 * 1024;

    private final OriginSession session;
    private final OriginRequest request;

    /** What came of it. */
    sealed interface Result {
        /** They are those of the layer: the bytes of those that are not long, by the numbers of the pieces. */
        record Agrees(Map<Integer, byte[]> pieces) implements Result {
            public Agrees {
                pieces = Map.copyOf(pieces);
            }
        }

        /** This one is another one at the origin. */
        record Differs(int piece) implements Result {}

        /** The origin gave none to look at. */
        record Unknown(String why) implements Result {}
    }

    /** @param request for the whole file, of the version that is meant */
    OriginSample(OriginSession session, OriginRequest request) {
        this.session = session;
        this.request = request;
    }

    Result take(PieceLayer layer, RandomGenerator random) {
        List<Integer> pieces = new ArrayList<>(
                IntStream.range(0, layer.layout().pieceCount()).boxed().toList());
        Collections.shuffle(pieces, new java.util.Random(random.nextLong()));
        Map<Integer, byte[]> agreed = new LinkedHashMap<>();
        for (int piece : pieces.subList(0, Math.min(PIECES, pieces.size()))) {
            ByteRange range = layer.layout().piece(piece);
            switch (session.open(request.part(range))) {
                case OriginAnswer.Body body
                when body.about().offset() != range.offset()
                        || body.about().length().orElse(-1) != range.length() -> {
                    body.close();
                    return new Result.Unknown("the origin serves no parts of it");
                }
                case OriginAnswer.Body body -> {
                    BlockHasher hasher = new BlockHasher();
                    ByteArrayOutputStream kept = new ByteArrayOutputStream();
                    try (body) {
                        byte[] buffer = new byte[BUFFER];
                        for (int n = 0; n >= 0; n = body.bytes().read(buffer, 0, BUFFER)) {
                            hasher.update(buffer, 0, n);
                            if (range.length() <= MOST_KEPT) {
                                kept.write(buffer, 0, n);
                            }
                        }
                    } catch (OriginFailureException e) {
                        return new Result.Unknown(e.failure().message());
                    }
                    if (!layer.proves(piece, hasher.finish())) {
                        return new Result.Differs(piece);
                    }
                    if (kept.size() > 0) {
                        agreed.put(piece, kept.toByteArray());
                    }
                }
                case OriginAnswer.NoBody no -> {
                    return new Result.Unknown(no.message());
                }
            }
        }
        return new Result.Agrees(agreed);
    }
}
