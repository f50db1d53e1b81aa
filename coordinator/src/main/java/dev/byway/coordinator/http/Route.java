package dev.byway.coordinator.http;

import static dev.byway.coordinator.http.Access.ADMIN;
import static dev.byway.coordinator.http.Access.ANYONE;
import static dev.byway.coordinator.http.Access.DEVICE;
import static dev.byway.coordinator.http.Access.FLEET;

import dev.byway.core.fleet.FleetLimits;

/**
 * Every route of the API, and who may call it. What is not in this table is not served. Tests walk it with wrong
 * credentials, and compare it with the API's description.
 */
public enum Route {
    HEALTH("GET", "/v1/health", 0, Quota.HEALTH, ANYONE),
    API("GET", "/v1/openapi.yaml", 0, Quota.LOOKUP, FLEET),
    ENROL("POST", "/v1/enrol", 16 * 1024, Quota.ENROL, ANYONE),
    RENEW("POST", "/v1/renew", 16 * 1024, Quota.PROBE, DEVICE),
    PUBLISHERS("GET", "/v1/publishers", 0, Quota.LOOKUP, FLEET),
    ADD_PUBLISHER("POST", "/v1/publishers", 4096, Quota.ADMIN, ADMIN),
    REMOVE_PUBLISHER("DELETE", "/v1/publishers/{key}", 0, Quota.ADMIN, ADMIN),
    PUBLISH("POST", "/v1/content", FleetLimits.ENVELOPE, Quota.PUBLISH, FLEET),
    LOOK_UP("POST", "/v1/content/lookup", 16 * 1024, Quota.LOOKUP, FLEET),
    CONTENT("GET", "/v1/content/{content}", 0, Quota.LOOKUP, FLEET),
    WITHDRAW("DELETE", "/v1/content/{content}", 0, Quota.ADMIN, ADMIN),
    LAYER("GET", "/v1/content/{content}/layers/{pieceLength}", 0, Quota.LAYER, FLEET),
    PUT_LAYER("PUT", "/v1/content/{content}/layers/{pieceLength}", FleetLimits.LAYER, Quota.PUBLISH, FLEET),
    ANNOUNCE("POST", "/v1/announce", FleetLimits.BODY, Quota.ANNOUNCE, DEVICE),
    EVENTS("GET", "/v1/events", 0, Quota.STREAM, DEVICE),
    CONNECT("POST", "/v1/connect", 4096, Quota.CONNECT, DEVICE),
    PROBE("POST", "/v1/probe", 4096, Quota.PROBE, DEVICE),
    FILTERING("POST", "/v1/teredo/filtering", 4096, Quota.FILTERING, DEVICE),
    NEARBY("POST", "/v1/nearby", 4096, Quota.CONNECT, DEVICE),
    CREATE_TOKEN("POST", "/v1/tokens", 16 * 1024, Quota.ADMIN, ADMIN),
    DEVICES("GET", "/v1/devices", 0, Quota.ADMIN, ADMIN),
    REVOKE("DELETE", "/v1/devices/{device}", 0, Quota.ADMIN, ADMIN),
    PROBE_DEVICE("POST", "/v1/devices/{device}/probe", 0, Quota.ADMIN, ADMIN);

    private final String method;
    private final String path;
    private final int maxBody;
    private final Quota quota;
    private final Access access;

    Route(String method, String path, int maxBody, Quota quota, Access access) {
        this.method = method;
        this.path = path;
        this.maxBody = maxBody;
        this.quota = quota;
        this.access = access;
    }

    public String method() {
        return method;
    }

    /** With parameters in braces. */
    public String path() {
        return path;
    }

    /** Bytes that a request's body may have. */
    public int maxBody() {
        return maxBody;
    }

    Quota quota() {
        return quota;
    }

    /** Who may call it. */
    public Access access() {
        return access;
    }
}
