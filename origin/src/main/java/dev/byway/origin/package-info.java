/**
 * The way to origins and cache hosts: an HTTP/1.1 client (RFC 9110, RFC 9112) that fetches ranges of one file.
 *
 * <p>Why not one of the JDK's clients? Measured on the same machine, same file, loopback nginx, warm, CPU seconds of the
 * client per GB, plain and TLS 1.3: {@code java.net.http.HttpClient} 1.7 and 2.0, {@code HttpURLConnection} 0.2 and
 * 0.9, a blocking socket read straight into the caller's array 0.3 and 1.1 (and 10 to 35 MB less resident than
 * {@code HttpClient}). So the bytes want a blocking socket. {@code HttpURLConnection} is one, but neither it nor {@code
 * HttpClient} can connect to an address that was checked beforehand (both resolve the name again, which is the window
 * of DNS rebinding), neither sends Basic credentials to a CONNECT proxy without a JVM-wide property, and {@code
 * HttpURLConnection} silently repeats requests and drains bodies on close. What is left of HTTP for one GET is small:
 * a head, three body framings, redirects; it lives here, with a property test per parser.
 *
 * <p>The way of a request: {@link OriginClient} follows redirects; {@code Exchanger} sends one request on a connection
 * from {@code ConnectionPool} or {@code Dialer}; {@code Interpretation} says, without I/O, what the head of the answer
 * means for what was asked; {@link OriginBody} hands out the bytes.
 */
@NullMarked
package dev.byway.origin;

import org.jspecify.annotations.NullMarked;
