/** The command {@code byway sim}: ready scenarios, what came of them as text, JSON and a picture, and runs that can be repeated. */
@NullMarked
package dev.byway.sim.command;

import org.jspecify.annotations.NullMarked;
