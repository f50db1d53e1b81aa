package dev.byway.cli.demo;

import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.cli.terminal.Words;
import dev.byway.core.unit.Rate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run of the demo, from its first process to its last byte. One thread. */
final class Demo {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Invocation invocation;
    private final DemoFolder folder;
    private final Children children;
    private final boolean quiet;
    private final DemoAddresses addresses = DemoAddresses.find();

    Demo(Invocation invocation, DemoFolder folder, Children children, boolean quiet) {
        this.invocation = invocation;
        this.folder = folder;
        this.children = children;
        this.quiet = quiet;
    }

    /** Runs it: {@code given}, or a file made on the spot, to so many devices, from behind a line of such a rate. */
    DemoResult run(Optional<Path> given, int count, Optional<Rate> uplink) throws InterruptedException {
        long length = given.map(Demo::size).orElse(DemoFolder.DEFAULT_LENGTH);
        folder.mustHaveRoom((count + (given.isPresent() ? 0 : 1)) * length);
        Path file = given.orElseGet(() -> {
            say("Making a file of " + Words.size(length) + " …");
            return folder.makeFile(length);
        });
        say("Starting the origin and the coordinator …");
        URI url = startOrigin(file, uplink);
        String coordinator = startCoordinator();
        say("Publishing …");
        publish(file, url, coordinator);
        say("Starting " + Words.count(count, "device", "devices") + " …");
        List<DemoDevice> devices = startDevices(count);
        try {
            return fetch(devices, url, length, uplink);
        } finally {
            devices.forEach(DemoDevice::close);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + file + " (" + Trouble.of(e) + ")");
        }
    }

    private URI startOrigin(Path file, Optional<Rate> uplink) throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("demo-origin", file.toString(), "--address", addresses.origin()));
        uplink.ifPresent(rate -> arguments.addAll(List.of("--uplink", Long.toString(rate.bytesPerSecond()))));
        return URI.create(children.serve("origin", arguments));
    }

    private String startCoordinator() throws InterruptedException {
        String urls = children.serve(
                "coordinator",
                List.of(
                        "coordinator",
                        "--state",
                        state("coordinator").toString(),
                        "--set",
                        "listen.address=" + addresses.coordinator(),
                        "--set",
                        "listen.port=0"));
        return urls.split(" ", 2)[0];
    }

    private void publish(Path file, URI url, String coordinator) throws InterruptedException {
        String state = state("coordinator").toString();
        children.run(
                "publish",
                List.of(
                        "publish",
                        file.toString(),
                        "--url",
                        url.toString(),
                        "--coordinator",
                        coordinator,
                        "--state",
                        state,
                        "--no-sidecar",
                        "--json"));
        String token = children.run("token", List.of("coordinator", "token", "--state", state));
        try {
            Files.writeString(token(), token, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + token() + " (" + Trouble.of(e) + ")");
        }
    }

    private Path token() {
        return folder.path().resolve("join.token");
    }

    private Path state(String name) {
        return folder.path().resolve(name);
    }

    private List<DemoDevice> startDevices(int count) throws InterruptedException {
        List<Callable<DemoDevice>> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            starts.add(() -> startDevice(index));
        }
        List<DemoDevice> devices = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<DemoDevice> started : threads.invokeAll(starts)) {
                devices.add(started.get());
            }
        } catch (ExecutionException e) {
            devices.forEach(DemoDevice::close);
            throw e.getCause() instanceof CommandException known
                    ? known
                    : CommandException.failed("a device of the demo does not come up: " + e.getCause());
        }
        return devices;
    }

    private DemoDevice startDevice(int index) throws InterruptedException {
        String name = "device-" + (index + 1);
        List<String> arguments =
                new ArrayList<>(List.of("agent", "--state", state(name).toString()));
        arguments.addAll(addresses.device(index));
        // The demo is about sharing: no setting of this machine's size shall stand in its way.
        for (String setting : List.of(
                "lan.discovery=off",
                "DOMinRAMAllowedToPeer=1",
                "DOMinDiskSizeAllowedToPeer=1",
                "DOMaxCacheSize=100",
                "coordinator.token-file=" + token())) {
            arguments.addAll(List.of("--set", setting));
        }
        children.serve(name, arguments);
        DemoDevice device = DemoDevice.of(name, state(name));
        device.awaitCoordinator();
        return device;
    }

    private DemoResult fetch(List<DemoDevice> devices, URI url, long length, Optional<Rate> uplink)
            throws InterruptedException {
        say("All fetch " + url + " now"
                + uplink.map(rate -> ", through a line of " + Words.rate(rate.bytesPerSecond()))
                        .orElse("")
                + ".");
        ProgressView view = ProgressView.on(invocation.console(), quiet || invocation.json());
        long began = System.nanoTime();
        devices.forEach(device -> device.fetch(url));
        while (!devices.stream().map(DemoDevice::look).allMatch(JobStatus::isOver)) {
            view.show(devices.stream().map(DemoDevice::progress).toList());
            Thread.sleep(LOOK);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        view.end();
        List<DemoResult.Device> results = devices.stream()
                .map(device -> new DemoResult.Device(device.name(), device.report()))
                .toList();
        return new DemoResult(length, bytesSent(url), uplink, seconds, results);
    }

    private static long bytesSent(URI url) {
        try (InputStream in = url.resolve(RangeServer.COUNT).toURL().openStream()) {
            return Long.parseLong(new String(in.readNBytes(20), StandardCharsets.US_ASCII));
        } catch (IOException | NumberFormatException e) {
            throw CommandException.failed("the demo's origin does not tell how much it sent: " + e.getMessage());
        }
    }

    private void say(String step) {
        if (!quiet && !invocation.json()) {
            invocation.console().err().println(step);
        }
    }
}
