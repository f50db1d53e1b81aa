package dev.byway.core.fleet;

/**
 * The rule of who may be named to whom: both sides' scopes have to admit the other, and at least one of them has to take
 * links, or both, of different sites, have Teredo addresses. Match groups are claimed by devices, so they only limit who is asked; who may receive what is decided by access
 * groups, elsewhere.
 */
public sealed interface Pairing {
    /** They may link. */
    record Allowed(Relation relation) implements Pairing {}

    /** They may not. */
    record Refused(Shortage.Reason reason) implements Pairing {}

    /** Whether two devices may link. Symmetric. */
    static Pairing of(Presence one, Presence other) {
        if (!one.admits(other) || !other.admits(one)) {
            return new Refused(one.sameSite(other) ? Shortage.Reason.OTHER_GROUP : Shortage.Reason.OTHER_SITE);
        }
        boolean tunnel = one.tunnels() && other.tunnels() && !one.sameSite(other);
        if (!one.listens() && !other.listens() && !tunnel) {
            return new Refused(Shortage.Reason.NOBODY_LISTENS);
        }
        if (one.sameSite(other)) {
            return new Allowed(Relation.SAME_SITE);
        }
        return new Allowed(one.sameGroup(other) ? Relation.SAME_GROUP : Relation.SAME_FLEET);
    }
}
