package dev.byway.core.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the bytes of one download, or of one device since it started. Owned by one loop; not for use by several
 * threads.
 *
 * <p>A byte is entered once, when its fate is known: verified and new, or wasted. Nothing is entered when bytes merely
 * arrive, and nothing for content that was already held. So the sources always add up to the bytes verified, without
 * later correction.
 */
public final class Ledger {
    /** Sources listed by name; further ones are counted under {@link #OTHERS} of their kind. */
    public static final int MAX_CONTRIBUTORS = 1024;

    /** The name under which sources beyond {@link #MAX_CONTRIBUTORS} are counted. */
    public static final String OTHERS = "others";

    private final Map<Contributor, Contribution> contributions = new LinkedHashMap<>();
    private SourceBytes verified = SourceBytes.NONE;
    private SourceBytes wasted = SourceBytes.NONE;
    private int peers;

    /** An empty ledger. */
    public Ledger() {}

    /** A ledger that goes on from {@code accounts}: a download resumed after a restart. */
    public Ledger(Accounts accounts) {
        verified = accounts.sources();
        wasted = accounts.wasted();
        peers = accounts.peers();
        accounts.contributions().forEach(given -> contributions.put(given.from(), given));
    }

    /** Enters {@code bytes} (at least 0) that passed their proof and were not held before. */
    public void verified(Contributor from, long bytes) {
        verified = verified.plus(SourceBytes.of(from.kind(), bytes));
        enter(from, bytes, 0);
    }

    /** Enters {@code bytes} (at least 0) that failed their proof or were held already. */
    public void wasted(Contributor from, long bytes) {
        wasted = wasted.plus(SourceBytes.of(from.kind(), bytes));
        enter(from, 0, bytes);
    }

    private void enter(Contributor from, long good, long bad) {
        Contributor listed = listed(from);
        Contribution before = contributions.getOrDefault(listed, new Contribution(listed, 0, 0));
        if (good > 0 && before.verified() == 0 && from.kind().isPeer()) {
            peers++;
        }
        contributions.put(listed, before.plus(good, bad));
    }

    private Contributor listed(Contributor from) {
        boolean room = contributions.size() < MAX_CONTRIBUTORS || contributions.containsKey(from);
        return room ? from : new Contributor(from.kind(), OTHERS);
    }

    /** The state of the ledger now; does not change afterwards. */
    public Accounts accounts() {
        return new Accounts(verified, wasted, peers, new ArrayList<>(contributions.values()));
    }
}
