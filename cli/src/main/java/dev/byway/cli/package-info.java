/** The program {@code byway}: the command line, put together from one package per group of commands. */
@NullMarked
package dev.byway.cli;

import org.jspecify.annotations.NullMarked;
