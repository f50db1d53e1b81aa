/** Discovery on real sockets: on the loopback, and in network namespaces beside other implementations. */
@NullMarked
package dev.byway.agent.discovery;

import org.jspecify.annotations.NullMarked;
