package dev.byway.agent.api;

import dev.byway.agent.job.CacheControl;
import dev.byway.core.content.ContentId;

/** The routes about the cache. Any thread. */
final class CacheRoutes {
    private final CacheControl cache;

    CacheRoutes(CacheControl cache) {
        this.cache = cache;
    }

    Answer pin(ApiCall call, boolean pinned) {
        return outcome(cache.pin(id(call), pinned));
    }

    Answer remove(ApiCall call) {
        return outcome(cache.remove(id(call)));
    }

    Answer verify(ApiCall call) {
        int givenUp = cache.verify(id(call));
        return givenUp < 0
                ? outcome(CacheControl.Outcome.NOT_HELD)
                : Answer.json(200, JsonOutput.bytes(json -> json.number("givenUp", givenUp)));
    }

    private static Answer outcome(CacheControl.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Answer.json(200, JsonOutput.bytes(json -> json.text("outcome", JsonOutput.word(outcome))));
            case NOT_HELD ->
                Answer.error(
                        404,
                        new ApiError(
                                "not-held",
                                "this content is not in the cache",
                                "GET /v1/status lists what is (byway status)"));
            case IN_USE ->
                Answer.error(
                        409,
                        new ApiError(
                                "in-use",
                                "a download is using this content, or a neighbour is being sent it",
                                "try again later"));
        };
    }

    private static ContentId id(ApiCall call) {
        try {
            return ContentId.parse(call.parameter());
        } catch (IllegalArgumentException e) {
            throw new RequestRefusedException(400, "bad-content-id", String.valueOf(e.getMessage()), "");
        }
    }
}
