package dev.byway.agent.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code api.json} in the state folder: where the agent's local API is, and the token that opens it. Whoever may read the
 * file may use the agent, so only its owner may.
 *
 * @param url {@code http://} address and port, without a path
 * @param token the bearer token
 * @param pid process id of the agent
 * @param processStart when that process began, in ms since 1970, where the system tells: process ids are used again
 */
record ApiFile(String url, Secret token, long pid, OptionalLong processStart) {
    static final String NAME = "api.json";

    private static final int VERSION = 1;
    private static final int MAX_BYTES = 4096;

    static Path in(Path stateFolder) {
        return stateFolder.resolve(NAME);
    }

    /**
     * Reads {@code file}.
     *
     * @throws IOException when it cannot be read
     * @throws MalformedDocumentException when it is not such a file
     */
    static ApiFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedDocumentException(file + " has more than " + MAX_BYTES + " bytes: not written by Byway");
        }
        return parse(Files.readAllBytes(file));
    }

    static ApiFile parse(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, fields -> {
            if (fields.number("version") != VERSION) {
                throw new MalformedDocumentException("version " + fields.number("version") + " of " + NAME
                        + " is not known here: use the same release of byway as the agent");
            }
            return new ApiFile(
                    fields.parsed("url", ApiFile::loopback),
                    Secret.of(fields.text("token")),
                    fields.number("pid"),
                    fields.optionalCount("processStart"));
        });
    }

    private static String loopback(String url) {
        URI uri = URI.create(url);
        boolean usable = "http".equals(uri.getScheme())
                && uri.getHost() != null
                && LoopbackName.is(uri.getHost())
                && uri.getPort() > 0
                && uri.getPort() < 65_536;
        if (!usable) {
            throw new IllegalArgumentException("not http:// with a loopback address and a port");
        }
        return url;
    }

    byte[] json() {
        return JsonOutput.bytes(json -> json.number("version", VERSION)
                .text("url", url)
                .text("token", token.reveal())
                .number("pid", pid)
                .number("processStart", processStart));
    }

    /** Puts this into {@code file}, readable by the owner alone; readers see the old file or the new one. */
    void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(fresh, create, ownerOnly(file))) {
            channel.write(java.nio.ByteBuffer.wrap(json()));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Deletes {@code file} if it is still this one and not that of a successor. */
    void removeFrom(Path file) {
        try {
            if (read(file).token().matches(token.reveal())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | MalformedDocumentException e) {
            // Nothing of ours is left to remove.
        }
    }

    /** Whether the process that wrote this still runs. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> processStart.isEmpty() || startOf(process).equals(processStart))
                .isPresent();
    }

    static OptionalLong startOf(ProcessHandle process) {
        return process.info().startInstant().stream()
                .mapToLong(java.time.Instant::toEpochMilli)
                .findFirst();
    }
}
