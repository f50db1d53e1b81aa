package dev.byway.agent.api;

import dev.byway.agent.job.CacheControl;
import dev.byway.core.content.ContentId;
import java.time.Duration;

/** The cache of an agent in another process. Any thread. */
record RemoteCache(ApiCalls calls) implements CacheControl {
    /** Verifying reads the whole content from the disk. */
    private static final Duration LONG = Duration.ofHours(6);

    private static final int MAX_ANSWER = 4096;

    @Override
    public Outcome pin(ContentId id, boolean pinned) {
        Route route = pinned ? Route.PIN : Route.UNPIN;
        return outcome(() -> calls.post(route.path(id.toString()), new byte[0], ApiCalls.SHORT));
    }

    @Override
    public Outcome remove(ContentId id) {
        return outcome(() -> calls.delete(Route.REMOVE.path(id.toString())));
    }

    @Override
    public int verify(ContentId id) {
        try {
            byte[] answer = calls.post(Route.VERIFY.path(id.toString()), new byte[0], LONG);
            return ApiCalls.understood(() -> JsonInput.read(answer, MAX_ANSWER, json -> json.smallCount("givenUp")));
        } catch (ApiException e) {
            if (e.code().equals("not-held")) {
                return -1;
            }
            throw e;
        }
    }

    private static Outcome outcome(Runnable call) {
        try {
            call.run();
            return Outcome.DONE;
        } catch (ApiException e) {
            return switch (e.code()) {
                case "not-held" -> Outcome.NOT_HELD;
                case "in-use" -> Outcome.IN_USE;
                default -> throw e;
            };
        }
    }
}
