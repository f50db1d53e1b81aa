/**
 * What the words of an operating system mean for the gates: power supplies, network adapters, metered networks. Pure: whoever
 * calls brings the text.
 */
@NullMarked
package dev.byway.core.device;

import org.jspecify.annotations.NullMarked;
