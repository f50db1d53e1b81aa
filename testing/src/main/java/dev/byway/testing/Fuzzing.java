package dev.byway.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Throws valid inputs, mutated, at a reader. Each round has its own seed, which a failure names. {@code
 * -Dbyway.fuzz.seconds=N} goes on for N seconds, {@code -Dbyway.fuzz.seed=S} replays one.
 */
public final class Fuzzing {
    private final List<byte[]> corpus;
    private final List<byte[]> words;

    /**
     * @param corpus valid inputs
     * @param words pieces of text to put in at random places
     */
    public Fuzzing(List<String> corpus, List<String> words) {
        this.corpus = bytes(corpus);
        this.words = bytes(words);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The reader must take every input, and may throw what it likes to be caught here as a finding. */
    public void run(int rounds, Consumer<byte[]> reader) {
        long end = System.nanoTime() + Long.getLong("byway.fuzz.seconds", 0) * 1_000_000_000;
        Long one = Long.getLong("byway.fuzz.seed");
        Stream.iterate(
                        one == null ? 0L : one,
                        seed -> one == null ? seed < rounds || System.nanoTime() < end : seed.equals(one),
                        seed -> seed + 1)
                .forEach(seed -> round(seed, reader));
    }

    private void round(long seed, Consumer<byte[]> reader) {
        byte[] input = input(new SplittableRandom(seed));
        try {
            reader.accept(input);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " broke a reader: replay with -Dbyway.fuzz.seed=" + seed, e);
        }
    }

    private byte[] input(SplittableRandom random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size()));
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes = mutated(bytes, random);
        }
        return bytes;
    }

    /** Cuts, repeats, changes or inserts at a random place. */
    private byte[] mutated(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int until = Math.min(bytes.length, at + random.nextInt(1, 40));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(bytes, until, bytes.length - until);
            case 1 -> {
                out.write(bytes, at, until - at);
                out.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                out.write(random.nextInt(256));
                out.write(bytes, until, bytes.length - until);
            }
            case 3 -> {
                out.writeBytes(words.get(random.nextInt(words.size())));
                out.write(bytes, at, bytes.length - at);
            }
            default -> {}
        }
        return out.toByteArray();
    }
}
