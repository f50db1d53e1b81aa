package dev.byway.core.fleet;

/**
 * Where a device stands, as far as it decides who its peers can be.
 *
 * @param site its site
 * @param group the match group that it claims, empty for none
 * @param scope with whom it shares at most
 * @param listens whether it takes links
 * @param tunnels whether it has a Teredo address, by which devices of other sites that have one reach it
 */
public record Presence(Site site, String group, PeerScope scope, boolean listens, boolean tunnels) {
    boolean admits(Presence other) {
        return switch (scope) {
            case SITE -> sameSite(other);
            case GROUP -> group.isEmpty() ? sameSite(other) : sameGroup(other);
            case FLEET -> true;
        };
    }

    boolean sameSite(Presence other) {
        return site.equals(other.site);
    }

    boolean sameGroup(Presence other) {
        return !group.isEmpty() && group.equals(other.group);
    }
}
