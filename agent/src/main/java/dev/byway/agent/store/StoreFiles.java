package dev.byway.agent.store;

/**
 * What all parts of one store share.
 *
 * @param wakeCommitter tells whoever flushes by itself that something waits now
 */
record StoreFiles(Disk disk, SmallFiles small, OpenFiles open, StoreOptions options, Runnable wakeCommitter) {
    static StoreFiles on(Disk disk, StoreOptions options, Runnable wakeCommitter) {
        return new StoreFiles(
                disk, new SmallFiles(disk), new OpenFiles(disk, options.maxOpenFiles()), options, wakeCommitter);
    }
}
