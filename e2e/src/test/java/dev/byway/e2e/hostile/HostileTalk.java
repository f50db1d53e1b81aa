package dev.byway.e2e.hostile;

import dev.byway.core.content.Manifest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a hostile device says on one link. */
final class HostileTalk {
    private static final int CHANNEL = 1;
    private static final int BLOCK = 1 << 14;
    private static final int LEASE = 60_000;

    private final Misbehaviour misbehaviour;
    private final Manifest content;
    private final Path file;
    private final HostileLink link;
    private final Consumer<String> log;
    private final BlockingQueue<Frame.Request> asked = new LinkedBlockingQueue<>();
    private final Random random = new Random(7);
    private int port;

    /** @param file a true copy of the content */
    HostileTalk(Misbehaviour misbehaviour, Manifest content, Path file, HostileLink link, Consumer<String> log) {
        this.file = file;
        this.misbehaviour = misbehaviour;
        this.content = content;
        this.link = link;
        this.log = log;
    }

    /** Talks until the peer is gone or dropped the content; the port on which the peer takes links. */
    int run() throws IOException {
        link.say(new Frame.Hello(Feature.INTENT, HostileDevice.PORT, "Byway/0.1.0", ""));
        link.say(new Frame.Open(CHANNEL, content.id(), content.pieceLength(), misbehaviour.wants(), ByteString.EMPTY));
        if (!misbehaviour.wants()) {
            link.say(new Frame.Bitfield(
                    CHANNEL, PieceSet.all(content.layout().pieceCount()).toBytes()));
        }
        Thread.ofVirtual().start(this::harass);
        try {
            link.listen(this::take);
        } catch (UncheckedIOException e) {
            log.accept("ended: " + e.getMessage());
        }
        return port;
    }

    private void take(Frame frame) {
        switch (frame) {
            case Frame.Hello hello -> port = hello.port();
            case Frame.Request request -> asked(request);
            case Frame.Close ignored -> dropped("dropped by");
            case Frame.Bye bye -> dropped("told " + bye.reason() + " by");
            default -> {}
        }
    }

    private void dropped(String how) {
        log.accept(how);
        if (misbehaviour == Misbehaviour.WRONG_BYTES_AGAIN) {
            throw new UncheckedIOException(new IOException("coming back"));
        }
    }

    private void asked(Frame.Request request) {
        log.accept("asked");
        try {
            answer(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Frame.Request request) throws IOException {
        switch (misbehaviour) {
            case WRONG_BYTES, WRONG_BYTES_AGAIN -> {
                for (int done = 0; done < request.length(); done += BLOCK) {
                    sendWrong(request, done);
                }
            }
            case ALWAYS_BUSY -> link.say(new Frame.RejectRequest(request.request(), RejectReason.BUSY, LEASE));
            case TRICKLES -> asked.add(request);
            case GARBAGE -> {
                sendWrong(request, 0);
                byte[] garbage = new byte[BLOCK];
                random.nextBytes(garbage);
                link.send(garbage);
            }
            case HANGS_UP -> {
                sendWrong(request, 0);
                link.close();
            }
            case OVERSIZE -> link.send((byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 33);
            case NEVER_SENDS, FALSE_INTENTS, FLOODS -> {}
        }
    }

    private void sendWrong(Frame.Request request, int done) throws IOException {
        byte[] wrong = new byte[Math.min(BLOCK, request.length() - done)];
        random.nextBytes(wrong);
        link.say(new Frame.Data(request.request(), request.offset() + done, ByteBuffer.wrap(wrong)));
    }

    private void sendRight(Frame.Request request, int done) throws IOException {
        byte[] right = new byte[Math.min(BLOCK, request.length() - done)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(request.offset() + done);
            in.readFully(right);
        }
        link.say(new Frame.Data(request.request(), request.offset() + done, ByteBuffer.wrap(right)));
    }

    // ---- unasked ----

    private void harass() {
        try {
            switch (misbehaviour) {
                case FLOODS -> flood();
                case FALSE_INTENTS -> claim();
                case ALWAYS_BUSY -> claimAgain();
                case TRICKLES -> trickle();
                case WRONG_BYTES, WRONG_BYTES_AGAIN, NEVER_SENDS, GARBAGE, HANGS_UP, OVERSIZE -> {}
            }
        } catch (IOException e) {
            log.accept("ended: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flood() throws IOException {
        int pieces = content.layout().pieceCount();
        while (true) {
            link.say(new Frame.Have(CHANNEL, 0, pieces));
        }
    }

    private void claim() throws IOException, InterruptedException {
        while (asked.poll(500, TimeUnit.MILLISECONDS) == null) {
            for (int piece = 0; piece < content.layout().pieceCount(); piece++) {
                link.say(new Frame.Intent(CHANNEL, piece, LEASE, false));
            }
        }
    }

    private void claimAgain() throws IOException, InterruptedException {
        while (asked.poll(200, TimeUnit.MILLISECONDS) == null) {
            link.say(new Frame.Have(CHANNEL, 0, content.layout().pieceCount()));
        }
    }

    private void trickle() throws IOException, InterruptedException {
        while (true) {
            Frame.Request request = asked.take();
            for (int done = 0; done < request.length(); done += BLOCK) {
                TimeUnit.SECONDS.sleep(1);
                sendRight(request, done);
            }
        }
    }
}
