package dev.byway.agent;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.store.CacheEntry;
import java.util.List;
import java.util.function.Consumer;

/** The cache, as its user sees it. */
final class StoreControl implements CacheControl {
    private final ContentStore store;
    private final Consumer<ContentId> callBack;
    private final Runnable changed;

    /**
     * @param callBack takes back a content that is only lent to neighbours
     * @param changed called when something is not held any more
     */
    StoreControl(ContentStore store, Consumer<ContentId> callBack, Runnable changed) {
        this.store = store;
        this.callBack = callBack;
        this.changed = changed;
    }

    List<AgentStatus.Content> contents() {
        return store.list().stream().map(StoreControl::content).toList();
    }

    private static AgentStatus.Content content(CacheEntry entry) {
        String origin = entry.meta().origin().orElse("");
        return new AgentStatus.Content(
                entry.id(),
                origin.substring(origin.lastIndexOf('/') + 1),
                entry.heldPieces(),
                entry.layout().pieceCount(),
                entry.meta().pinned(),
                entry.meta().lastUsed());
    }

    @Override
    public Outcome pin(ContentId id, boolean pinned) {
        return store.pin(id, pinned) ? Outcome.DONE : Outcome.NOT_HELD;
    }

    @Override
    public Outcome remove(ContentId id) {
        return switch (store.remove(id, callBack)) {
            case REMOVED -> {
                changed.run();
                yield Outcome.DONE;
            }
            case IN_USE -> Outcome.IN_USE;
            case NOT_HELD -> Outcome.NOT_HELD;
        };
    }

    @Override
    public int verify(ContentId id) {
        return store.find(id)
                .map(found -> {
                    try (StoredContent content = found) {
                        return content.verify().count();
                    }
                })
                .orElse(-1);
    }
}
