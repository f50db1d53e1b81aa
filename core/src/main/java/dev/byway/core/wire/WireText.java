package dev.byway.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text on the wire: one byte of length, then UTF-8.
 *
 * <p>Refused are malformed UTF-8 and the characters that could forge a line of a log or reorder a terminal's: the control
 * characters (Unicode category Cc), the line and paragraph separators, and the bidirectional controls of UAX 9.
 */
final class WireText {
    private WireText() {}

    /** Throws {@link IllegalArgumentException} unless {@code text} may be sent. */
    static void check(String what, String text, int limit) {
        if (!text.codePoints().allMatch(WireText::isAllowed)) {
            throw new IllegalArgumentException(what + " has a control character or half a surrogate pair");
        }
        Fields.within("UTF-8 length of " + what, bytes(text).length, 0, limit);
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !isBidirectionalControl(c);
        };
    }

    private static boolean isBidirectionalControl(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Bytes of {@code text} with its length. */
    static int size(String text) {
        return 1 + bytes(text).length;
    }

    static void write(ByteBuffer out, String text) {
        byte[] bytes = bytes(text);
        out.put((byte) bytes.length).put(bytes);
    }

    /**
     * The next text of {@code in}.
     *
     * @throws WireException of kind {@code VALUE} when it is not UTF-8
     * @throws java.nio.BufferUnderflowException when there are fewer bytes than its length says
     */
    static String read(ByteBuffer in) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException(WireException.Kind.VALUE, "a text is not UTF-8", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
