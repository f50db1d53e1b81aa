/** The agent of this machine: how commands reach it, and the commands that show what it does. */
@NullMarked
package dev.byway.cli.local;

import org.jspecify.annotations.NullMarked;
