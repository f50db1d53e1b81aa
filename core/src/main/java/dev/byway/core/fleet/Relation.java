package dev.byway.core.fleet;

/** How near two devices that may share are, nearest first. */
public enum Relation {
    SAME_SITE,
    SAME_GROUP,
    SAME_FLEET
}
