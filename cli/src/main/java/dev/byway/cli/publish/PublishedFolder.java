package dev.byway.cli.publish;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Trouble;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SidecarUrls;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a folder that are published: all regular ones but manifests; links are not followed. */
final class PublishedFolder {
    private PublishedFolder() {}

    /**
     * One file.
     *
     * @param name relative to the folder
     */
    record Member(SafeName name, Path file) {}

    /**
     * All files, by name.
     *
     * @throws CommandException when there is none, or one has a name that not every system can have
     */
    static List<Member> members(Path folder, Console console) {
        List<Member> members = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                    if (about.isRegularFile() && !file.toString().endsWith(SidecarUrls.SUFFIX)) {
                        members.add(new Member(name(folder, file), file));
                    } else if (about.isSymbolicLink()) {
                        console.warn("left out: " + file + " is a link");
                    }
                    if (members.size() > ManifestSet.MAX_FOLDER) {
                        throw CommandException.failed(
                                folder + " has more than " + ManifestSet.MAX_FOLDER + " files: publish it in parts");
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw CommandException.failed("NOT_READABLE", "cannot read " + folder + " (" + Trouble.of(e) + ")");
        }
        if (members.isEmpty()) {
            throw CommandException.failed(folder + " holds no files to publish");
        }
        members.sort(Comparator.comparing(Member::name));
        return members;
    }

    private static SafeName name(Path folder, Path file) {
        String relative =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        try {
            return SafeName.ofLocal(relative);
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(
                    "NAME", e.getMessage() + ", which not every system can have: rename the file");
        }
    }
}
