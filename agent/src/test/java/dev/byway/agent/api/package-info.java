/** The local door against scripted agents, on real sockets of loopback. */
@NullMarked
package dev.byway.agent.api;

import org.jspecify.annotations.NullMarked;
