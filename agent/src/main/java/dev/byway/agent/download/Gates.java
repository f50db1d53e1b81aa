package dev.byway.agent.download;

import dev.byway.core.account.Reason;
import dev.byway.core.policy.ContentFacts;
import java.util.List;

/** Why neighbours may not be used for a content; empty when they may. */
@FunctionalInterface
public interface Gates {
    List<Reason> refusals(ContentFacts content);
}
