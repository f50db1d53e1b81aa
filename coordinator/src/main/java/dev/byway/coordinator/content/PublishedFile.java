package dev.byway.coordinator.content;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.Published;
import dev.byway.core.content.WebOrigin;
import dev.byway.core.fleet.FleetLimits;
import java.util.List;

/**
 * One file that an envelope speaks of.
 *
 * @param content what it is
 * @param layout how it is cut
 * @param locations where it is, as {@link WebOrigin#resourceKey resource keys}
 */
record PublishedFile(ContentId content, PieceLayout layout, List<String> locations) {
    static List<PublishedFile> in(Published published) {
        return switch (published) {
            case Manifest manifest -> List.of(of(manifest));
            case ManifestSet set ->
                set.entries().stream().map(entry -> of(set.manifest(entry))).toList();
        };
    }

    private static PublishedFile of(Manifest manifest) {
        return new PublishedFile(
                manifest.id(),
                manifest.layout(),
                manifest.origins().stream()
                        .flatMap(url -> WebOrigin.resourceKey(url).stream())
                        .distinct()
                        .toList());
    }

    /** Whether the layer has to be handed in because it does not follow from the id. */
    boolean needsLayer() {
        return PieceLayer.ofOnePiece(content, layout).isEmpty();
    }

    boolean tooManyPieces() {
        return (long) layout.pieceCount() * 32 > FleetLimits.LAYER;
    }
}
