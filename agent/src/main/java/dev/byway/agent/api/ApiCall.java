package dev.byway.agent.api;

import dev.byway.core.unit.ByteString;

/**
 * A request that the door let in.
 *
 * @param route its line in the table
 * @param request as it came
 * @param body as it came, within the route's limit
 */
record ApiCall(Route route, DoorRequest request, ByteString body) {
    /** What stands in the open place of the path. */
    String parameter() {
        return route.parameter(request.path());
    }

    Query query() {
        return Query.of(request.query());
    }
}
