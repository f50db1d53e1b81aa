package dev.byway.core.doctor;

import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination.Fleet;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.unit.DataSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the content in question says. */
public final class ContentRules {
    private ContentRules() {}

    /**
     * The content in question.
     *
     * @param name for people
     * @param content which, once that was known
     * @param length in bytes; 0 when it was not known
     * @param asked whether somebody asked about it by name; else it is the last download
     */
    public record Subject(String name, Optional<ContentId> content, long length, boolean asked) {
        private String tried(String how) {
            return how + (asked ? " " + name : " the last download, " + name);
        }
    }

    /** There is none. */
    public static List<Result> none(Finding why) {
        return List.of(new Result(Check.CONTENT_SIZE, "", why), new Result(Check.HOLDERS, "", why));
    }

    /** Whether the content is large enough, as the settings are now. */
    public static Result size(Subject subject, EffectiveSettings settings) {
        DataSize least = settings.get(Settings.MIN_FILE_SIZE);
        DataSize length = new DataSize(subject.length());
        String seen = subject.name() + " has " + length + ", files from " + least + " on are shared";
        Finding finding;
        if (subject.length() == 0) {
            finding = new Finding.NotCollected("how long " + subject.name() + " is was not found out");
        } else if (length.compareTo(least) < 0) {
            finding =
                    new Finding.Fail(seen, "set DOMinFileSizeToCache=" + setting(subject.length()) + " on all devices");
        } else {
            finding = new Finding.Pass(seen);
        }
        return new Result(Check.CONTENT_SIZE, subject.tried("looked at"), finding);
    }

    /** The largest whole number of KB, or of bytes, that is not above {@code length}: people's rounding may be. */
    private static String setting(long length) {
        return new DataSize(length < 1024 ? length : length - length % 1024)
                .exact()
                .replace(" ", "");
    }

    /**
     * Whether anybody else has it. Who asks about a content hears it as a failure; of the last download it is a thing to look
     * at, because somebody has to be the first to fetch a file.
     */
    public static Result holders(Subject subject, Optional<Fleet> fleet, EffectiveSettings settings) {
        return new Result(
                Check.HOLDERS,
                subject.tried("asked the coordinator how many devices hold"),
                judge(subject, fleet, settings));
    }

    private static Finding judge(Subject subject, Optional<Fleet> fleet, EffectiveSettings settings) {
        if (fleet.isEmpty()) {
            return new Finding.NotCollected("no coordinator that knows who holds what");
        }
        if (subject.content().isEmpty()) {
            return new Finding.NotApplicable(
                    subject.name() + " has no published identity: byway why tells what was missing");
        }
        Optional<Nearby> nearby = fleet.get().nearby();
        if (nearby.isEmpty()) {
            return new Finding.NotCollected(fleet.get().trouble());
        }
        OptionalInt holders = nearby.get().holders();
        if (holders.isEmpty()) {
            return new Finding.NotCollected("the coordinator does not tell this device who holds " + subject.name()
                    + ": it was withdrawn, or is for access groups that this device is not in");
        }
        return holders.getAsInt() > 0
                ? new Finding.Pass(holders.getAsInt()
                        + (holders.getAsInt() == 1 ? " other device holds " : " others hold ")
                        + subject.name())
                : nobody(subject, nearby.get(), settings);
    }

    private static Finding nobody(Subject subject, Nearby nearby, EffectiveSettings settings) {
        boolean site = settings.get(Settings.DOWNLOAD_MODE) == DownloadMode.LAN;
        String seen = "no other device " + (site ? "of this site" : "that this one may ask") + " holds "
                + subject.name() + ": the origin is the only source until one has fetched it";
        String mend = "byway get it on any device of the site; there byway cache pin keeps it from being evicted";
        if (subject.asked()) {
            return new Finding.Fail(seen, mend);
        }
        return nearby.peers().isEmpty()
                ? new Finding.NotApplicable("the coordinator names no other device that could hold " + subject.name())
                : new Finding.Warn(seen, mend);
    }
}
