package dev.byway.core.fleet;

/**
 * A place whose devices are neighbours: LAN to each other. Equal sites, equal place.
 *
 * @param key the administrator's name for it, or the prefix that it was made from; the two cannot be confused, because
 *     only a prefix contains a '/'
 */
public record Site(String key) {
    @Override
    public String toString() {
        return key;
    }
}
