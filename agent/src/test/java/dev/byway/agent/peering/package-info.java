@NullMarked
package dev.byway.agent.peering;

import org.jspecify.annotations.NullMarked;
