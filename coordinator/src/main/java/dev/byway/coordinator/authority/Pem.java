package dev.byway.coordinator.authority;

import dev.byway.core.unit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of the textual encoding of RFC 7468.
 *
 * @param label as in {@code -----BEGIN label-----}
 * @param der what the block holds
 */
record Pem(String label, ByteString der) {
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String CERTIFICATE = "CERTIFICATE";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    /** All blocks of {@code text} in order; what lies between them is skipped. */
    static List<Pem> parse(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            blocks.add(new Pem(
                    block.group(1), ByteString.of(Base64.getMimeDecoder().decode(block.group(2)))));
        }
        return blocks;
    }

    String text() {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(der.toArray()) + "\n-----END " + label
                + "-----\n";
    }
}
