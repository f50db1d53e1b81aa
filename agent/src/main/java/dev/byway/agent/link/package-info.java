/**
 * Links between two devices over TCP and TLS: who listens, who dials, and the two threads that move the bytes. A link knows
 * frames and their order, and nothing of pieces, policies or who deserves what.
 */
@NullMarked
package dev.byway.agent.link;

import org.jspecify.annotations.NullMarked;
