/**
 * Teredo without sockets (RFC 4380, with RFC 5991 and the symmetric-NAT support of RFC 6081): packets, and the rules of server and
 * client as state machines that take datagrams and time, and give datagrams to send.
 */
@NullMarked
package dev.byway.teredo;

import org.jspecify.annotations.NullMarked;
