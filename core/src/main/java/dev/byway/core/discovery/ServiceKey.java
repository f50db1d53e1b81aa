package dev.byway.core.discovery;

/** An instance as heard on one link. */
record ServiceKey(int link, String instance) {}
