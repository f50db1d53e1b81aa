package dev.byway.e2e.deb;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Debian in a folder, for a host of the lab.
 *
 * @param host whose network it has
 * @param folder its root
 */
record DebianRoot(Host host, Path folder) {
    private static final String MINUTES = "15m";

    /** What is of the moment, and what dpkg, apt, systemd and the user tools keep for themselves, also when nothing is left. */
    private static final List<String> OTHERS = List.of(
            "/proc",
            "/sys",
            "/dev",
            "/tmp",
            "/var/lib/dpkg",
            "/var/cache",
            "/var/log",
            "/etc/passwd-",
            "/etc/group-",
            "/etc/shadow-",
            "/etc/gshadow-",
            "/etc/.pwd.lock",
            "/run",
            "/var/lib/systemd/timers",
            "/var/tmp");

    /** Fetches the release of this machine from the mirror that this machine's apt uses, and unpacks it. */
    static DebianRoot install(Host host, Path folder) throws IOException {
        String release = Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("/etc/os-release names no release"));
        String mirror = Shell.run(List.of(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(RELEASE) $(COMPONENT) $(REPO_URI)",
                        "Identifier: Packages"))
                .lines()
                .filter(line -> line.startsWith(release + " main "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("apt has no source of " + release + " main here"));
        Shell.run(List.of(
                "timeout",
                MINUTES,
                "unshare",
                "--mount",
                "debootstrap",
                "--variant=minbase",
                "--include=ca-certificates,dbus,systemd,systemd-sysv",
                release,
                folder.toString(),
                mirror));
        Files.writeString(folder.resolve("etc/hosts"), host.exec("cat", "/etc/hosts"));
        return new DebianRoot(host, folder);
    }

    /** A path within, seen from outside. */
    Path at(String path) {
        return folder.resolve(path.substring(1));
    }

    /** Starts it, as a machine is started. */
    DebianMachine boot() throws IOException {
        return DebianMachine.boot(this);
    }

    /** All files and folders that are somebody's, without their contents. */
    List<String> listing() {
        return Shell.run(List.of("find", folder.toString(), "-printf", "/%P\\n"))
                .lines()
                .filter(path -> OTHERS.stream().noneMatch(other -> path.equals(other) || path.startsWith(other + "/")))
                .sorted()
                .toList();
    }

    /** The users and groups that there are. */
    List<String> accounts() throws IOException {
        List<String> all = new ArrayList<>(Files.readAllLines(at("/etc/passwd")));
        all.addAll(Files.readAllLines(at("/etc/group")));
        return all;
    }
}
