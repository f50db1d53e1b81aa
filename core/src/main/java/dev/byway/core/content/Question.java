package dev.byway.core.content;

import java.time.Instant;
import java.util.Optional;

/**
 * What {@link Trust} is asked, apart from the evidence.
 *
 * @param subject about what
 * @param keys whose signatures are believed
 * @param now the device's clock, which may be {@link Trust#CLOCK_ALLOWANCE} off
 * @param newestIssued when the newest statement that was ever accepted for this subject was issued
 */
public record Question(Subject subject, TrustedKeys keys, Instant now, Optional<Instant> newestIssued) {}
