package dev.byway.agent.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The process of a running agent. */
public final class AgentProcess {
    private AgentProcess() {}

    /** The one that a state folder names; empty when none runs, or the folder may not be read. */
    public static Optional<ProcessHandle> of(Path stateFolder) {
        try {
            return Optional.of(ApiFile.read(ApiFile.in(stateFolder)))
                    .filter(ApiFile::isAlive)
                    .flatMap(file -> ProcessHandle.of(file.pid()));
        } catch (IOException | MalformedDocumentException e) {
            return Optional.empty();
        }
    }
}
