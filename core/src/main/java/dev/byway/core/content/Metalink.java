package dev.byway.core.content;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A Metalink document (RFC 5854): files, their digests, and where they can be had. What it says is the word of who gave it.
 * Elements that are not known are passed over, as the RFC asks.
 *
 * @param files in the document's order
 */
public record Metalink(List<File> files) {
    /** The media type. */
    public static final String TYPE = "application/metalink4+xml";

    /** Longest document that is read, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    /** Most files that are read. */
    public static final int MAX_FILES = 10_000;

    /** Most URLs of one file that are read. */
    public static final int MAX_URLS = 256;

    private static final int MAX_TEXT = 4096;
    private static final int MAX_DEPTH = 16;
    private static final int LAST = 999_999;
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:metalink";

    public Metalink {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param name as the document has it; to be judged before it is used
     * @param length in bytes
     * @param sha256 of the whole file
     * @param urls http and https, the best first
     */
    public record File(String name, OptionalLong length, Optional<Digest> sha256, List<URI> urls) {
        public File {
            urls = List.copyOf(urls);
        }
    }

    private record Mirror(URI url, int priority) {}

    /**
     * Reads a document.
     *
     * @throws UntrustedContentException when it is none; the message says why
     */
    public static Metalink read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw no("is longer than " + MAX_BYTES + " bytes");
        }
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
            xml.nextTag();
            if (!is(xml, "metalink")) {
                throw no("is none: it begins with <" + xml.getLocalName() + ">");
            }
            return new Metalink(files(xml));
        } catch (XMLStreamException e) {
            throw no("is no XML that can be read"
                    + Optional.ofNullable(e.getLocation())
                            .map(at -> ", line " + at.getLineNumber())
                            .orElse(""));
        }
    }

    /** Nothing that the document names is fetched, and nothing in it is expanded. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static boolean is(XMLStreamReader xml, String name) {
        return xml.getLocalName().equals(name) && NAMESPACE.equals(xml.getNamespaceURI());
    }

    private static List<File> files(XMLStreamReader xml) throws XMLStreamException {
        List<File> files = new ArrayList<>();
        while (next(xml)) {
            if (is(xml, "file")) {
                files.add(file(xml));
                if (files.size() > MAX_FILES) {
                    throw no("has more than " + MAX_FILES + " files");
                }
            } else {
                pass(xml);
            }
        }
        return files;
    }

    private static File file(XMLStreamReader xml) throws XMLStreamException {
        String name = Optional.ofNullable(xml.getAttributeValue(null, "name")).orElse("");
        OptionalLong length = OptionalLong.empty();
        Optional<Digest> sha256 = Optional.empty();
        List<Mirror> mirrors = new ArrayList<>();
        while (next(xml)) {
            if (is(xml, "size")) {
                length = number(text(xml));
            } else if (is(xml, "hash") && "sha-256".equals(xml.getAttributeValue(null, "type"))) {
                sha256 = Optional.of(digest(text(xml)));
            } else if (is(xml, "url")) {
                int priority =
                        (int) number(xml.getAttributeValue(null, "priority")).orElse(LAST);
                http(text(xml))
                        .filter(_ -> mirrors.size() < MAX_URLS)
                        .ifPresent(url -> mirrors.add(new Mirror(url, priority)));
            } else {
                pass(xml);
            }
        }
        mirrors.sort(Comparator.comparingInt(Mirror::priority));
        return new File(name, length, sha256, mirrors.stream().map(Mirror::url).toList());
    }

    private static OptionalLong number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,15}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static Digest digest(String hex) {
        try {
            return Digest.parse(hex);
        } catch (IllegalArgumentException e) {
            throw no("has a sha-256 hash that is none");
        }
    }

    private static Optional<URI> http(String text) {
        try {
            return Optional.of(URI.create(text)).filter(url -> WebOrigin.of(url).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Moves to the next element inside this one; false at the end of this one. */
    private static boolean next(XMLStreamReader xml) throws XMLStreamException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw no("has a document type, which no Metalink has");
                default -> {}
            }
        }
    }

    /** The text of this element, without spaces around it; elements inside are passed over. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.START_ELEMENT -> pass(xml);
                case XMLStreamConstants.END_ELEMENT -> {
                    return text.toString().strip();
                }
                default -> {}
            }
            if (text.length() > MAX_TEXT) {
                throw no("has a value of more than " + MAX_TEXT + " characters");
            }
        }
    }

    private static void pass(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw no("is nested more than " + MAX_DEPTH + " deep");
            }
        }
    }

    private static UntrustedContentException no(String why) {
        return new UntrustedContentException("the Metalink document " + why);
    }
}
