package dev.byway.coordinator.learning;

import dev.byway.core.learning.LearnLimits;
import dev.byway.core.learning.LearnedOrigins;
import dev.byway.origin.OriginSettings;

/**
 * What a coordinator fetches by itself, and how.
 *
 * @param origins whose files
 * @param limits how much
 * @param http its egress: must refuse what is not public unless the administrator listed it
 */
public record LearnConfig(LearnedOrigins origins, LearnLimits limits, OriginSettings http) {}
