/** The API's door: one table of routes, who may call each, how often and with how much, before anything else is done. */
@NullMarked
package dev.byway.coordinator.http;

import org.jspecify.annotations.NullMarked;
