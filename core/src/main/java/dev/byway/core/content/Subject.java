package dev.byway.core.content;

import java.net.URI;

/** About what a statement is asked for. */
public sealed interface Subject {
    /** "What is at this URL?" The URL of a file as requested, or of a published folder (it ends in a slash). */
    record Url(URI url) implements Subject {}

    /** "Tell me more about this content", whose id is trusted already. */
    record Id(ContentId id) implements Subject {}

    /** "Tell me more about the file with this SHA-256", which is trusted already. */
    record WholeFile(Digest sha256) implements Subject {}

    /** "Whatever you describe": only a file that the user gave by hand may choose its subject itself. */
    record Unstated() implements Subject {}
}
