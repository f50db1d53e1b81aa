package dev.byway.agent.api;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that the local API answers, and who may ask. What is not in this table does not exist: there is no other way
 * in, and a new route cannot be written without saying who may call it.
 */
enum Route {
    START_JOB("POST", "/v1/jobs", Access.TOKEN, JobRequestJson.MAX_BYTES),
    LIST_JOBS("GET", "/v1/jobs", Access.TOKEN, 0),
    SHOW_JOB("GET", "/v1/jobs/{}", Access.TOKEN, 0),
    WATCH_JOB("GET", "/v1/jobs/{}/events", Access.TOKEN, 0),
    READ_JOB("GET", "/v1/jobs/{}/data", Access.TOKEN, 0),
    END_JOB("DELETE", "/v1/jobs/{}", Access.TOKEN, 0),
    GET("POST", "/v1/get", Access.TOKEN, 0),
    STATUS("GET", "/v1/status", Access.TOKEN, 0),
    EXAMINE("POST", "/v1/examination", Access.TOKEN, ExaminationJson.MAX_REQUEST),
    PIN("POST", "/v1/cache/{}/pin", Access.TOKEN, 0),
    UNPIN("POST", "/v1/cache/{}/unpin", Access.TOKEN, 0),
    VERIFY("POST", "/v1/cache/{}/verify", Access.TOKEN, 0),
    REMOVE("DELETE", "/v1/cache/{}", Access.TOKEN, 0),
    STOP("POST", "/v1/stop", Access.TOKEN, 0),
    DASHBOARD_LINK("POST", "/v1/dashboard-link", Access.TOKEN, 0),
    DASHBOARD("GET", "/dash", Access.LINK, 0),
    DASHBOARD_CONTENT("GET", "/dash/content", Access.SESSION, 0),
    DASHBOARD_SCRIPT("GET", "/dash/page.js", Access.SESSION, 0),
    DASHBOARD_STYLE("GET", "/dash/page.css", Access.SESSION, 0);

    private static final String ANY = "{}";

    private final String method;
    private final String path;
    private final Access access;
    private final int maxBody;

    Route(String method, String path, Access access, int maxBody) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.maxBody = maxBody;
    }

    String method() {
        return method;
    }

    Access access() {
        return access;
    }

    /** Longest body in bytes. */
    int maxBody() {
        return maxBody;
    }

    /** The path of a route without an open place. */
    String path() {
        return path;
    }

    /** The path with {@code parameter} in its open place. */
    String path(String parameter) {
        return path.replace(ANY, parameter);
    }

    /** The routes with this path, whatever the method. */
    static List<Route> at(String asked) {
        return Arrays.stream(values()).filter(route -> route.matches(asked)).toList();
    }

    private boolean matches(String asked) {
        String[] ours = path.split("/", -1);
        String[] theirs = asked.split("/", -1);
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < ours.length; i++) {
            boolean open = ours[i].equals(ANY) && !theirs[i].isEmpty();
            if (!open && !ours[i].equals(theirs[i])) {
                return false;
            }
        }
        return true;
    }

    /** What stands in the open place of {@code asked}, which matches; empty text when there is none. */
    String parameter(String asked) {
        int open = Arrays.asList(path.split("/", -1)).indexOf(ANY);
        return open < 0 ? "" : asked.split("/", -1)[open];
    }
}
