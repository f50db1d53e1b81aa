/** What every command stands on: global options, exit codes, messages for people and for scripts. */
@NullMarked
package dev.byway.cli.command;

import org.jspecify.annotations.NullMarked;
