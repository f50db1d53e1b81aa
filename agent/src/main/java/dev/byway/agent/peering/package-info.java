/**
 * The device loop: links to other devices, what is open on them, who is served, whom to dial. Turns frames into events for
 * the downloads and serves what the store holds.
 */
@NullMarked
package dev.byway.agent.peering;

import org.jspecify.annotations.NullMarked;
