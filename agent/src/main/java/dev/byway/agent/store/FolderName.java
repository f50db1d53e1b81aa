package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import java.util.Optional;

/** How the folder of a content is called: {@code root-length}, because no Windows name has a colon. */
final class FolderName {
    private FolderName() {}

    static String of(ContentId id) {
        return id.root() + "-" + id.length();
    }

    /** The content of a folder; empty for a folder that is none of ours. */
    static Optional<ContentId> parse(String name) {
        try {
            ContentId id = ContentId.parse(name.replace('-', ':'));
            return of(id).equals(name) && id.length() > 0 ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
