package dev.byway.coordinator.announce;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetEvent;

/** An event for a device, to be told after the rules have run. */
record Notice(DeviceId device, FleetEvent event) {}
