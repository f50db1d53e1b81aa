/** The server: tells clients where it sees them, and passes bubbles on to those that asked. */
@NullMarked
package dev.byway.teredo.server;

import org.jspecify.annotations.NullMarked;
