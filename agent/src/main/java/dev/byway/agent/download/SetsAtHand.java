package dev.byway.agent.download;

import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.unit.Moment;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The sets of files that the coordinator named a moment ago and that were believed. What was said of one file was said of all
 * of its set, so that a folder of many files is one question for each set, not for each file. Any thread.
 */
final class SetsAtHand {
    /** How long an answer counts: what is withdrawn, replaced or of a publisher that was removed is used no longer than this. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** A set takes some 100 KB. */
    private static final int MOST = 8;

    private final Supplier<Moment> clock;

    /** Newest first; guarded by itself. */
    private final Deque<Answer> answers = new ArrayDeque<>();

    /** One question at a time about folders of which sets came: its answer may answer those that wait. */
    private final ReentrantLock asking = new ReentrantLock();

    private record Answer(ManifestSet set, Envelope envelope, PublisherKey signer, Moment came) {}

    /** One file of a set, and the set as it was signed, and by whom. */
    record Member(Manifest manifest, Envelope envelope, PublisherKey signer) {}

    SetsAtHand(Supplier<Moment> clock) {
        this.clock = clock;
    }

    /** Keeps what was believed because of the signature of {@code signer}, if it is a set. */
    void put(Envelope envelope, PublisherKey signer) {
        if (!(envelope.unverified() instanceof ManifestSet set)) {
            return;
        }
        synchronized (answers) {
            answers.removeIf(answer -> answer.envelope().equals(envelope));
            answers.addFirst(new Answer(set, envelope, signer, clock.get()));
            if (answers.size() > MOST) {
                answers.removeLast();
            }
        }
    }

    /** The file that has this URL, if a set at hand has it. */
    Optional<Member> find(URI url) {
        Moment now = clock.get();
        synchronized (answers) {
            return answers.stream()
                    .filter(answer -> now.since(answer.came()).compareTo(FRESH) < 0)
                    .flatMap(answer -> answer.set().manifestFor(url).stream()
                            .map(manifest -> new Member(manifest, answer.envelope(), answer.signer())))
                    .findFirst();
        }
    }

    /** Asks {@code question}, which may {@link #put} a set; after others of the same kind when sets came from that folder before. */
    <T> T inTurn(URI url, Supplier<T> question) {
        if (!isOfAFolderOfSets(url)) {
            return question.get();
        }
        asking.lock();
        try {
            return question.get();
        } finally {
            asking.unlock();
        }
    }

    private boolean isOfAFolderOfSets(URI url) {
        synchronized (answers) {
            return answers.stream()
                    .flatMap(answer -> answer.set().bases().stream())
                    .anyMatch(base -> url.toString().startsWith(base.toString()));
        }
    }
}
