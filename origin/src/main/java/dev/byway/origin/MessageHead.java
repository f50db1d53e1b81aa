package dev.byway.origin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and header fields of an answer (RFC 9112 sections 4 and 5).
 *
 * @param minorVersion 0 or 1
 * @param status 100 to 599
 * @param reason printable ASCII, may be empty
 * @param headers the fields
 */
record MessageHead(int minorVersion, int status, String reason, Headers headers) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9][0-9])(?: (.*))?");
    private static final int MAX_REASON = 100;

    /**
     * Reads a head.
     *
     * @param bytes all lines including the empty one at the end
     * @throws HttpSyntaxException when it is not one, or has more than {@code maxFields} fields
     */
    static MessageHead parse(byte[] bytes, int maxFields) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        Matcher status = STATUS_LINE.matcher(lines[0]);
        if (!status.matches()) {
            throw new HttpSyntaxException(notHttp(bytes));
        }
        return new MessageHead(
                Integer.parseInt(status.group(1)),
                Integer.parseInt(status.group(2)),
                printable(status.group(3) == null ? "" : status.group(3)),
                fields(lines, maxFields));
    }

    private static Headers fields(String[] lines, int maxFields) {
        List<String> unfolded = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            boolean continued = lines[i].charAt(0) == ' ' || lines[i].charAt(0) == '\t';
            if (continued && !unfolded.isEmpty()) {
                unfolded.set(unfolded.size() - 1, unfolded.getLast() + " " + lines[i].strip());
            } else {
                unfolded.add(lines[i]);
            }
            if (unfolded.size() > maxFields) {
                throw new HttpSyntaxException("the answer has more than " + maxFields + " header fields");
            }
        }
        return new Headers(unfolded.stream().map(MessageHead::field).toList());
    }

    private static Headers.Field field(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new HttpSyntaxException("a header line of the answer has no colon");
        }
        try {
            return new Headers.Field(line.substring(0, colon), line.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new HttpSyntaxException("the answer is malformed: " + e.getMessage());
        }
    }

    private static String notHttp(byte[] bytes) {
        boolean tls = bytes.length > 1 && (bytes[0] == 0x15 || bytes[0] == 0x16) && bytes[1] == 3;
        return tls ? "the answer is TLS, not HTTP: the address should begin with https" : "the answer is not HTTP/1.1";
    }

    private static String printable(String reason) {
        String start = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
        return start.replaceAll("[^\\x20-\\x7e]", "?").strip();
    }

    /** Whether another request may follow on the same connection once this answer has been read (RFC 9112 section 9.3). */
    boolean keepsAlive() {
        if (headers.lists("Connection", "close")
                || (headers.has("Transfer-Encoding") && headers.has("Content-Length"))) {
            return false;
        }
        return minorVersion == 1 || headers.lists("Connection", "keep-alive");
    }

    /** Status and reason, as {@code 404 Not Found}. */
    String statusText() {
        return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    }
}
