/**
 * The fleet's service: enrols devices, knows what was published, tells devices of each other. One program with an embedded
 * store; {@link dev.byway.coordinator.Coordinator} runs it, {@link dev.byway.coordinator.fleet.Fleet} is what it keeps.
 */
@NullMarked
package dev.byway.coordinator;

import org.jspecify.annotations.NullMarked;
