package dev.byway.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.discovery.Presence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Linux network namespace that lives as long as a test: a host of its own on a network of the test. */
final class Namespace {
    private final String name;
    private final List<Running> running = new ArrayList<>();

    private Namespace(String name) {
        this.name = name;
    }

    /** A namespace with nothing but a loopback that is up. */
    static Namespace create(String suffix) throws Exception {
        Namespace made = new Namespace("byway-" + ProcessHandle.current().pid() + "-" + suffix);
        command("ip", "netns", "add", made.name);
        made.run("ip", "link", "set", "lo", "up");
        return made;
    }

    /** Connects interface {@code eth0} of {@code host} with a port of the bridge {@code br0} in this namespace. */
    void attach(Namespace host, String port) throws Exception {
        command("ip", "link", "add", port, "netns", name, "type", "veth", "peer", "name", "eth0", "netns", host.name);
        run("ip", "link", "set", port, "master", "br0", "up");
    }

    /** Runs a command inside to its end, which must be a good one; what it printed. */
    String run(String... arguments) throws Exception {
        return command(inside(List.of(arguments)).toArray(String[]::new));
    }

    private List<String> inside(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(arguments);
        return all;
    }

    private static String command(String... arguments) throws Exception {
        Process process =
                new ProcessBuilder(arguments).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", arguments) + ": " + output)
                .isZero();
        return output;
    }

    /** Starts a program inside; it ends with the namespace. */
    Running start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(inside(List.of(arguments))).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Running started = new Running(builder.start());
        running.add(started);
        return started;
    }

    /** Starts a {@link DiscoveryProbe} inside. */
    Running probe(String instance, int port, String... address) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                DiscoveryProbe.class.getName(),
                instance,
                Integer.toString(port),
                "00112233"));
        arguments.addAll(List.of(address));
        return start(Map.of(), arguments.toArray(String[]::new));
    }

    private static String classPath() throws URISyntaxException {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(DiscoveryProbe.class, Discovery.class, Presence.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(System.getProperty("path.separator"), places);
    }

    /** Ends all programs inside, and the namespace. */
    void remove() throws Exception {
        running.forEach(Running::kill);
        command("ip", "netns", "delete", name);
    }

    /** A program and the lines it printed so far. */
    static final class Running {
        private final Process process;
        private final List<String> lines = new ArrayList<>();

        private Running(Process process) {
            this.process = process;
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader reader = process.inputReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (this) {
                        lines.add(line);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits for a line; it, at once if it was printed before. Fails the test when it does not come. */
        synchronized String await(Duration limit, Predicate<String> wanted) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            while (lines.stream().noneMatch(wanted)) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                assertThat(millis).as("time left; printed so far: " + lines).isPositive();
                wait(millis);
            }
            return lines.stream().filter(wanted).findFirst().orElseThrow();
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        /** Asks a probe for its state until it is as wanted. */
        void awaitState(Duration limit, String wanted) throws Exception {
            long end = System.nanoTime() + limit.toNanos();
            int asked = 0;
            while (true) {
                process.outputWriter().write("\n");
                process.outputWriter().flush();
                int number = ++asked;
                await(limit, _ -> states().size() >= number);
                if (states().getLast().contains(wanted)) {
                    return;
                }
                assertThat(System.nanoTime()).as("time; states: " + states()).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        private synchronized List<String> states() {
            return lines.stream().filter(line -> line.startsWith("state ")).toList();
        }

        /** Closes the program's standard input and waits for its end. */
        void end() throws Exception {
            process.outputWriter().close();
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        }

        void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
