package dev.byway.agent.job;

import dev.byway.core.content.ContentId;

/** What a user may do to the cache. Any thread. */
public interface CacheControl {
    /** How an order ended. */
    enum Outcome {
        DONE,
        NOT_HELD,
        /** A download or a neighbour is using it; try again later. */
        IN_USE
    }

    /** Keeps a content regardless of age and size, or gives it free again. */
    Outcome pin(ContentId id, boolean pinned);

    /** Deletes a content. */
    Outcome remove(ContentId id);

    /**
     * Reads everything back and gives up what is not true any more; takes as long as the disk does.
     *
     * @return pieces given up, or -1 when the content is not here
     */
    int verify(ContentId id);
}
