/** Byway as a service of the system: what its definition says, putting it in, taking it out, asking after it. */
@NullMarked
package dev.byway.cli.service;

import org.jspecify.annotations.NullMarked;
