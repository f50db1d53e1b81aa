package dev.byway.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Tells the packets of connections that were dialled here from the others, on one socket: the ids of the former begin with a tag
 * that was drawn for this socket, those of the latter never do. A stranger's first packet bears an id of his own choice, which by
 * chance has the tag once in 2<sup>32</sup> times, and is then lost.
 */
final class ConnectionIds implements QuicConnectionIdGenerator {
    /** Bytes of an id. */
    static final int LENGTH = 16;

    private static final int LONG_HEADER = 0x80;
    private static final int ID_IN_LONG = 6;
    private static final int ID_IN_SHORT = 1;

    private final SecureRandom random = new SecureRandom();
    private final QuicConnectionIdGenerator signing = QuicConnectionIdGenerator.signGenerator();
    private final int tag = random.nextInt();

    /** For a connection dialled here. */
    QuicConnectionAddress dialled() {
        byte[] id = new byte[LENGTH];
        random.nextBytes(id);
        return new QuicConnectionAddress(ByteBuffer.wrap(id).putInt(0, tag));
    }

    /** Whether a packet belongs to a connection dialled here (RFC 9000 section 17 has the layouts). */
    boolean isOfDialled(ByteBuf packet) {
        int at = (packet.getByte(0) & LONG_HEADER) != 0 ? ID_IN_LONG : ID_IN_SHORT;
        return packet.readableBytes() >= at + Integer.BYTES && packet.getInt(at) == tag;
    }

    @Override
    public ByteBuffer newId(int length) {
        byte[] id = new byte[length];
        random.nextBytes(id);
        return withoutTag(ByteBuffer.wrap(id));
    }

    @Override
    public ByteBuffer newId(ByteBuffer input, int length) {
        return withoutTag(signing.newId(input, length));
    }

    @Override
    public ByteBuffer newId(ByteBuffer source, ByteBuffer destination, int length) {
        return withoutTag(signing.newId(source, destination, length));
    }

    private ByteBuffer withoutTag(ByteBuffer id) {
        return id.getInt(0) == tag ? id.putInt(0, ~tag) : id;
    }

    @Override
    public int maxConnectionIdLength() {
        return LENGTH;
    }

    @Override
    public boolean isIdempotent() {
        return true;
    }
}
