package dev.byway.core.torrent;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.torrent.Bencode.Dictionary;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A torrent of one file, of version 2 (BEP 52) or of both versions: that file's tree, which is Byway's identity of it, and where
 * HTTP servers have it. What a torrent says is the word of who gave it; the layer proves itself against the root that it names.
 *
 * @param name of the file
 * @param layer what the file is
 * @param webSeeds http and https URLs of the file itself (BEP 19), in order
 */
public record Torrent(SafeName name, PieceLayer layer, List<URI> webSeeds) {
    /** Largest torrent that is read, in bytes: the layer of as many pieces as may be, and room for the rest. */
    public static final int MAX_BYTES = 32 * PieceLayout.PIECE_LIMIT + (1 << 20);

    /** Most web seeds that are read. */
    public static final int MAX_SEEDS = 64;

    private static final long VERSION = 2;

    public Torrent {
        webSeeds = List.copyOf(webSeeds);
    }

    /** What the file is. */
    public ContentId id() {
        return layer.id();
    }

    // ---- reading

    /** Whether bytes are a torrent rather than something that Byway writes. */
    public static boolean seemsOne(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == 'd' && bytes[1] >= '0' && bytes[1] <= '9';
    }

    /**
     * Reads a {@code .torrent} file.
     *
     * @throws UntrustedContentException when it is none, has no tree, is of several files or does not prove itself; the message
     *     says which
     */
    public static Torrent read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw no("is longer than " + MAX_BYTES + " bytes");
        }
        try {
            if (!(Bencode.read(bytes) instanceof Dictionary whole)) {
                throw no("is not a dictionary");
            }
            return read(whole);
        } catch (IllegalArgumentException e) {
            throw no("cannot be read: " + e.getMessage());
        }
    }

    private record File(String path, long length, Optional<Digest> root) {}

    private static Torrent read(Dictionary whole) {
        Dictionary info = whole.dictionary("info").orElseThrow(() -> no("has no info dictionary"));
        if (info.number("meta version").filter(version -> version == VERSION).isEmpty()) {
            throw no(
                    "has no hash tree: it is of BitTorrent version 1 alone, whose SHA-1 proves nothing; make one of version 2");
        }
        if (info.number("private").filter(flag -> flag != 0).isPresent()) {
            throw no("is private (BEP 27): it is not for sharing; fetch the file by its URL with --sha256");
        }
        File file = onlyFile(info.dictionary("file tree").orElseThrow(() -> no("has no file tree")));
        PieceLayout layout = new PieceLayout(file.length(), pieceLength(info));
        SafeName path = new SafeName(file.path());
        String given = info.text("name").map(Object::toString).orElse(file.path());
        return new Torrent(new SafeName(path.last()), layer(whole, file, layout), seeds(whole, given, file.path()));
    }

    private static int pieceLength(Dictionary info) {
        long length = info.number("piece length").orElseThrow(() -> no("has no piece length"));
        if (length < PieceLayout.BLOCK || length > PieceLayout.MAX_PIECE) {
            throw no("has pieces of " + length + " bytes; 16 KiB to 1 GiB are read");
        }
        return (int) length;
    }

    private static File onlyFile(Dictionary tree) {
        List<File> files = new ArrayList<>();
        collect("", tree, files);
        if (files.size() != 1) {
            throw no("is of " + (files.isEmpty() ? "no file" : "several files")
                    + "; only torrents of one file are read");
        }
        return files.getFirst();
    }

    private static void collect(String folder, Dictionary tree, List<File> files) {
        for (Map.Entry<String, Bencode> entry : tree.entries().entrySet()) {
            if (files.size() > 1) {
                return;
            }
            if (!(entry.getValue() instanceof Dictionary below)) {
                throw no("has a file tree that is none");
            }
            String path = folder + Bencode.name(entry.getKey());
            Optional<Dictionary> properties = below.dictionary("");
            if (properties.isPresent()) {
                files.add(file(path, properties.get()));
            } else {
                collect(path + "/", below, files);
            }
        }
    }

    private static File file(String path, Dictionary properties) {
        long length = properties.number("length").orElseThrow(() -> no("does not say how long the file is"));
        return new File(
                path,
                length,
                properties
                        .text("pieces root")
                        .map(text -> Digest.of(text.bytes().toArray())));
    }

    private static PieceLayer layer(Dictionary whole, File file, PieceLayout layout) {
        if (file.length() == 0) {
            return PieceLayer.prove(ContentId.EMPTY, layout, List.of());
        }
        Digest root = file.root().orElseThrow(() -> no("does not say what the root of the file's tree is"));
        ContentId id = new ContentId(root, file.length());
        return PieceLayer.ofOnePiece(id, layout).orElseGet(() -> {
            ByteString blob = whole.dictionary("piece layers")
                    .flatMap(layers -> layers.text(Bencode.key(ByteString.of(root.bytes()))))
                    .map(Bencode.Text::bytes)
                    .orElseThrow(() -> no("comes without the piece layer of its file"));
            return PieceLayer.read(id, layout, ByteBuffer.wrap(blob.toArray()));
        });
    }

    /** A URL that ends in a slash is that of a folder (BEP 19): what is in the torrent follows. */
    private static List<URI> seeds(Dictionary whole, String name, String file) {
        List<URI> seeds = new ArrayList<>();
        for (Bencode one : urls(whole)) {
            if (one instanceof Bencode.Text text && seeds.size() < MAX_SEEDS) {
                seed(text.toString(), name, file).ifPresent(seeds::add);
            }
        }
        return seeds;
    }

    private static List<Bencode> urls(Dictionary whole) {
        return whole.get("url-list")
                .map(value -> value instanceof Bencode.Sequence(List<Bencode> values) ? values : List.of(value))
                .orElse(List.of());
    }

    private static Optional<URI> seed(String text, String name, String file) {
        try {
            URI url = URI.create(text.strip());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null) {
                return Optional.empty();
            }
            if (url.getRawPath().isEmpty() || !url.getRawPath().endsWith("/")) {
                return Optional.of(url);
            }
            String path = name.equals(file) ? file : name + "/" + file;
            return Optional.of(URI.create(
                    url.resolve(new URI(null, null, "./" + path, null)).toASCIIString()));
        } catch (IllegalArgumentException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    // ---- writing

    /** The bytes of a torrent of version 2 of this file. */
    public byte[] write() {
        Map<String, Bencode> properties = new HashMap<>();
        properties.put("length", new Bencode.Int(id().length()));
        if (id().length() > 0) {
            properties.put("pieces root", text(id().root()));
        }
        Dictionary tree = new Dictionary(
                Map.of(Bencode.key(name.last()), new Dictionary(Map.of("", new Dictionary(properties)))));
        Dictionary info = new Dictionary(Map.of(
                "file tree", tree,
                "meta version", new Bencode.Int(VERSION),
                "name", new Bencode.Text(name.last()),
                "piece length", new Bencode.Int(layer.layout().pieceLength())));
        Map<String, Bencode> layers = layer.layout().pieceCount() < 2
                ? Map.of()
                : Map.of(Bencode.key(ByteString.of(id().root().bytes())), new Bencode.Text(layer.toBytes()));
        List<Bencode> seeds = webSeeds.stream()
                .<Bencode>map(url -> new Bencode.Text(url.toString()))
                .toList();
        return new Dictionary(Map.of(
                        "info", info,
                        "piece layers", new Dictionary(layers),
                        "url-list", new Bencode.Sequence(seeds)))
                .write();
    }

    private static Bencode text(Digest digest) {
        return new Bencode.Text(ByteString.of(digest.bytes()));
    }

    private static UntrustedContentException no(String why) {
        return new UntrustedContentException("the torrent " + why);
    }
}
