package dev.byway.agent.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A folder of small files that the kernel writes. What cannot be read is not there. */
record Folder(Path path) {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_FOLDERS = 256;

    /** The first few kilobytes of a file. */
    Optional<String> text(String file) {
        try (var in = Files.newInputStream(path.resolve(file))) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The folders in this one, in the order of their names. */
    List<Folder> folders() {
        List<Folder> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isDirectory)) {
            for (Path entry : entries) {
                if (all.size() < MAX_FOLDERS) {
                    all.add(new Folder(entry));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        all.sort(Comparator.comparing(Folder::path));
        return all;
    }

    Folder in(String name) {
        return new Folder(path.resolve(name));
    }
}
