package dev.byway.coordinator.announce;

import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Candidate;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Site;
import dev.byway.core.unit.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device that announces itself. Owned by {@link Rendezvous}; equal only to itself. */
final class Visitor {
    private final DeviceId device;
    private final Map<ContentId, Announced> contents = new LinkedHashMap<>();
    private Candidate candidate;
    private List<AccessGroup> groups;
    private long sequence;
    private Moment expires = Moment.ZERO;

    Visitor(Candidate candidate, List<AccessGroup> groups, long sequence) {
        this.device = candidate.device();
        this.candidate = candidate;
        this.groups = groups;
        this.sequence = sequence;
    }

    DeviceId device() {
        return device;
    }

    Candidate candidate() {
        return candidate;
    }

    List<AccessGroup> groups() {
        return groups;
    }

    Site site() {
        return candidate.presence().site();
    }

    void isSeen(Candidate now, List<AccessGroup> granted, long number) {
        candidate = now;
        groups = granted;
        sequence = number;
    }

    /** Whether a delta of this number goes on from what is known, or repeats it. */
    boolean goesOnWith(long number) {
        return number == sequence || number == sequence + 1;
    }

    Moment expires() {
        return expires;
    }

    void expiresAt(Moment moment) {
        expires = moment;
    }

    Map<ContentId, Announced> contents() {
        return contents;
    }

    boolean wants(ContentId content) {
        return Optional.ofNullable(contents.get(content))
                .filter(Announced::wants)
                .isPresent();
    }

    /** Some of it, or all. */
    boolean holds(ContentId content) {
        return Optional.ofNullable(contents.get(content))
                .filter(announced -> announced.complete() || announced.pieces() > 0)
                .isPresent();
    }

    boolean holdsAll(ContentId content) {
        return Optional.ofNullable(contents.get(content))
                .filter(Announced::complete)
                .isPresent();
    }
}
