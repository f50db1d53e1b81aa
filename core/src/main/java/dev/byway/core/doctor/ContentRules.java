package dev.byway.core.doctor;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.unit.DataSize;
import java.util.List;

/** What the last download says, and the room that there is for the next. */
public final class ContentRules {
    private static final long LEAST_ROOM = 64L << 20;

    private ContentRules() {}

    /**
     * Whether the content is large enough.
     *
     * @param name for people
     * @param length in bytes
     * @param reasons why sources gave nothing, or less
     */
    public static Result size(String name, long length, List<Reason> reasons, EffectiveSettings settings) {
        DataSize least = settings.get(Settings.MIN_FILE_SIZE);
        boolean refused = reasons.stream().anyMatch(reason -> reason.code() == ReasonCode.CONTENT_TOO_SMALL);
        String seen = name + " has " + new DataSize(length) + ", files from " + least + " on are shared";
        return new Result(
                Check.CONTENT_SIZE,
                "looked at the last download",
                refused || length < least.bytes()
                        ? new Finding.Fail(seen, "set DOMinFileSizeToCache lower, as far as " + new DataSize(length))
                        : new Finding.Pass(seen));
    }

    /**
     * Whether there is room for more.
     *
     * @param folder of the cache
     * @param free bytes that the agent may still write
     */
    public static Result room(String folder, long free) {
        String seen = new DataSize(free) + " free in " + folder;
        return new Result(
                Check.CACHE,
                "looked at the volume of the cache",
                free < LEAST_ROOM
                        ? new Finding.Fail(
                                "only " + seen + ": what is fetched cannot be kept, so it is not shared either",
                                "free space there, or set cache.dir to another volume")
                        : new Finding.Pass(seen));
    }
}
