package dev.byway.cli.get;

import dev.byway.agent.job.JobRequest;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file to fetch, and where it goes.
 *
 * @param mirrors where else it is, should that be needed
 */
record Wanted(JobRequest request, List<URI> mirrors, Destination destination) {
    Wanted {
        mirrors = List.copyOf(mirrors);
    }

    /** What to ask for, one after the other until one brings it. */
    List<JobRequest> requests() {
        return Stream.concat(Stream.of(request), mirrors.stream().map(request::at))
                .toList();
    }

    /** What to call it on the screen. */
    String label() {
        return String.valueOf(destination.file().getFileName());
    }
}
