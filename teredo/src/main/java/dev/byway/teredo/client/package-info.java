/**
 * The client: gets an address from its server, keeps its mapping, and opens ways to peers.
 *
 * <p>Read {@link dev.byway.teredo.client.TeredoClient} first.
 */
@NullMarked
package dev.byway.teredo.client;

import org.jspecify.annotations.NullMarked;
