package dev.byway.cli.doctor;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.command.Version;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.History;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.StatusCommand;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.NetworkInterface;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a colleague who cannot come to the machine wants to see, in one archive. It holds no keys, tokens or passwords, of URLs no
 * user, password or query, and not the name of the user's home folder. Addresses and device ids are in it: without them it would
 * be of no help.
 */
record Bundle(Invocation invocation, AgentDoor door, Diagnosis diagnosis) {
    /**
     * Writes it, for its owner's eyes only.
     *
     * @throws CommandException when the file is there already, or cannot be written
     */
    void write(Path file) {
        try (FileChannel channel = FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights(file));
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> part : parts().entrySet()) {
                zip.putNextEntry(new ZipEntry("byway/" + part.getKey()));
                zip.write(redacted(part.getValue()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandException.failed(file + " is there already: give --bundle another name, or delete it");
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + " (" + Trouble.of(e) + ")");
        }
    }

    private static FileAttribute<?>[] rights(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private Map<String, String> parts() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("diagnosis.txt", listing());
        parts.put("diagnosis.json", Json.line(DiagnosisListing.json(diagnosis)));
        parts.put("settings.txt", settings());
        parts.put("machine.txt", machine());
        parts.put("downloads.jsonl", downloads());
        door.running().ifPresent(open -> {
            try (OpenAgent agent = open) {
                parts.put(
                        "status.json",
                        Json.line(StatusCommand.json(agent.agent().status(), Instant.now())));
            }
        });
        return parts;
    }

    private String listing() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        DiagnosisListing.print(
                new Console(new ByteArrayInputStream(new byte[0]), out, out, OptionalInt.empty()), diagnosis, true);
        return text.toString(StandardCharsets.UTF_8);
    }

    private String settings() {
        return invocation.settings().all().stream().map(value -> value + "\n").collect(Collectors.joining());
    }

    private String downloads() {
        return new History(invocation.state())
                .newestFirst().stream()
                        .map(report -> Json.line(report.toJson()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String machine() throws IOException {
        String interfaces = NetworkInterface.networkInterfaces()
                .map(one -> one.getName() + ": "
                        + one.inetAddresses()
                                .map(address -> address.getHostAddress())
                                .collect(Collectors.joining(", ")) + "\n")
                .collect(Collectors.joining());
        Runtime runtime = Runtime.getRuntime();
        return "Byway " + Version.text() + ", Java " + Runtime.version() + "\n" + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("os.arch") + ", "
                + runtime.availableProcessors() + " processors\n" + Instant.now() + "\n\n" + interfaces;
    }

    private String redacted(String text) {
        String home = invocation.surroundings().home().toString();
        return home.length() > 1 ? text.replace(home, "~") : text;
    }
}
