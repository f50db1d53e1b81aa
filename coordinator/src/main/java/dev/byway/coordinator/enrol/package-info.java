/** How devices come into the fleet and leave it: join tokens, certificates, the list of devices. */
@NullMarked
package dev.byway.coordinator.enrol;

import org.jspecify.annotations.NullMarked;
