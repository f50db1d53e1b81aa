package dev.byway.agent.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * The answer to one request, its body not yet read.
 *
 * @param status of HTTP
 * @param length of the body in bytes
 * @param keepAlive whether the connection may be used again
 * @param body the connection's stream; exactly {@code length} bytes of it belong to the answer
 */
record HttpResponse(int status, long length, boolean keepAlive, InputStream body) {
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_LINES = 64;

    /** Reads status line and headers (RFC 9112); an answer without a length is none of this API's. */
    static HttpResponse read(InputStream in) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9].*")) {
            throw new MalformedDocumentException("not an answer of HTTP/1.1");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = -1;
        boolean keepAlive = true;
        for (int lines = 0; ; lines++) {
            String line = line(in);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || lines == MAX_LINES) {
                throw new MalformedDocumentException("the answer's headers are not HTTP");
            }
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("content-length") && value.matches("[0-9]{1,18}")) {
                length = Long.parseLong(value);
            } else if (name.equalsIgnoreCase("connection")) {
                keepAlive = !value.equalsIgnoreCase("close");
            }
        }
        if (length < 0) {
            throw new MalformedDocumentException("the answer does not say how long it is");
        }
        return new HttpResponse(status, length, keepAlive, in);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended before the answer did");
            }
            if (line.length() == MAX_LINE) {
                throw new MalformedDocumentException("a line of the answer is longer than " + MAX_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** The whole body. */
    byte[] bytes(int atMost) throws IOException {
        if (length > atMost) {
            throw new MalformedDocumentException("the answer has " + length + " bytes; at most " + atMost);
        }
        byte[] bytes = body.readNBytes((int) length);
        if (bytes.length < length) {
            throw new IOException("the connection ended within the answer");
        }
        return bytes;
    }
}
