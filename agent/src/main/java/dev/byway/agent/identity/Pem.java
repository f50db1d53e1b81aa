package dev.byway.agent.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of the textual encoding of RFC 7468. */
final class Pem {
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String CERTIFICATE = "CERTIFICATE";
    static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private final String label;
    private final byte[] der;

    /**
     * @param label as in {@code -----BEGIN label-----}
     * @param der what the block holds
     */
    Pem(String label, byte[] der) {
        this.label = label;
        this.der = der.clone();
    }

    /**
     * All blocks of {@code text}, in order; what lies between blocks is explanation and is skipped.
     *
     * @throws IllegalArgumentException when a block is not base64
     */
    static List<Pem> parse(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            blocks.add(new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
        }
        return blocks;
    }

    String label() {
        return label;
    }

    byte[] der() {
        return der.clone();
    }

    String text() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
