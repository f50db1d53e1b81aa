package dev.byway.cli.get;

import dev.byway.agent.download.DirectTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;

/** A part file that grows from a prefix that is there, without an agent in between. One thread. */
final class PartTarget implements DirectTarget {
    private final PartFile part;
    private long length;
    private boolean expected;

    /** @param prefix bytes from the first one on that are there */
    PartTarget(PartFile part, long prefix) {
        this.part = part;
        this.length = prefix;
    }

    /** Says at once when a file of this length cannot fit. */
    void expect(OptionalLong whole) {
        try {
            if (!expected && whole.isPresent()) {
                expected = true;
                part.mustFit(whole.getAsLong());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void startOver() throws IOException {
        part.startOver();
        length = 0;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        FileChannel channel = part.at(length);
        while (bytes.hasRemaining()) {
            length += channel.write(bytes);
        }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        part.read(offset, into);
    }

    /** All is there: puts the file in place. */
    void finish() throws IOException {
        part.finish(length);
    }
}
