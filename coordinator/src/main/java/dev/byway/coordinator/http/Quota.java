package dev.byway.coordinator.http;

/**
 * How often one caller may call routes of a kind: a token bucket for each device, or for each address where the caller is
 * not known.
 */
enum Quota {
    /** Wrong or missing credentials, and routes that do not exist. */
    STRANGER(2, 60),
    HEALTH(10, 100),
    /** By address: a whole office enrols from one. */
    ENROL(20, 400),
    ANNOUNCE(2, 30),
    LOOKUP(50, 500),
    LAYER(20, 200),
    PUBLISH(50, 1000),
    STREAM(0.2, 10),
    CONNECT(1, 30),
    PROBE(0.1, 4),
    /** Of its own, so that it leaves something to probes of the same diagnosis. */
    FILTERING(0.1, 4),
    ADMIN(50, 500);

    private final double perSecond;
    private final int burst;

    Quota(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** How fast the bucket fills. */
    double perSecond() {
        return perSecond;
    }

    /** How much it holds. */
    int burst() {
        return burst;
    }
}
