package dev.byway.cli.get;

import dev.byway.agent.job.JobRequest;

/** One file to fetch, and where it goes. */
record Wanted(JobRequest request, Destination destination) {
    /** What to call it on the screen. */
    String label() {
        return String.valueOf(destination.file().getFileName());
    }
}
