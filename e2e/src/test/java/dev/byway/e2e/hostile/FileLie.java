package dev.byway.e2e.hostile;

/** What a device says that lies about a file of which only the digest is known. */
public enum FileLie {
    /** Names the tree of another file of the same length. */
    FALSE_TREE,
    /** Names the tree of a file of which one byte is another one, and gives it. */
    ALMOST_TRUE_TREE,
    /** Names the true tree and sends wrong bytes. */
    FALSE_BLOCKS,
    /** Says that it has it, and never gives its tree. */
    SILENT,
    /** Says for ever that it fetches it, a little further each second. */
    FALSE_PROGRESS
}
