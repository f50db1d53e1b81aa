package dev.byway.core.swarm;

/** Where a piece comes from that no device of the site holds; only one of the site should fetch it. */
enum From {
    /** An origin or a cache host: one of all who take part fetches it, and all hear of it. */
    OUTSIDE,
    /** A device of another site: one of the site fetches it, and the site hears of it. */
    OTHER_SITE
}
