package dev.byway.origin;

import dev.byway.core.unit.ByteString;

/** What came of fetching a small file. */
public sealed interface SmallAnswer {
    /**
     * All of it is here.
     *
     * @param about where it came from, over which redirects
     * @param bytes the file
     */
    record Complete(Representation about, ByteString bytes) implements SmallAnswer {}

    /**
     * It could not be had.
     *
     * @param why the reason
     */
    record Missing(OriginAnswer.NoBody why) implements SmallAnswer {}
}
