package dev.byway.agent.api;

import com.sun.net.httpserver.HttpServer;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.LocalAgent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The agent's local API on a loopback address: the JDK's HTTP server, each request on a virtual thread. Where it is and
 * what opens it stands in {@code api.json} of the state folder while it runs.
 */
public final class ApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());
    private static final int BACKLOG = 128;
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int CLOSE_SECONDS = 1;

    /**
     * The JDK's server takes its limits from system properties alone (documented with module jdk.httpserver): answers leave
     * at once, a slow request is cut off after 30 s, and connections are bounded.
     */
    private static final Map<String, String> SERVER_LIMITS = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "30",
            "sun.net.httpserver.maxReqHeaderSize", "65536",
            "jdk.httpserver.maxConnections", "512");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Thread sweeper;
    private final Attendance attendance;
    private final Path file;
    private final ApiFile entry;

    private ApiServer(
            HttpServer server,
            ExecutorService threads,
            Thread sweeper,
            Attendance attendance,
            Path file,
            ApiFile entry) {
        this.server = server;
        this.threads = threads;
        this.sweeper = sweeper;
        this.attendance = attendance;
        this.file = file;
        this.entry = entry;
    }

    /**
     * Opens the door.
     *
     * @param agent what it offers
     * @param stateFolder where {@code api.json} is put; must exist
     * @param loopback address to listen on
     * @param port TCP port, 0 for any
     * @throws ApiStartException when the port is taken or the file cannot be written
     * @throws IllegalArgumentException when the address is not a loopback address
     */
    public static ApiServer start(LocalAgent agent, Path stateFolder, InetAddress loopback, int port) {
        return start(agent, stateFolder, loopback, port, DoorLimits.DEFAULT);
    }

    static ApiServer start(LocalAgent agent, Path stateFolder, InetAddress loopback, int port, DoorLimits limits) {
        if (!loopback.isLoopbackAddress()) {
            throw new IllegalArgumentException("the local API listens on loopback only, not on " + loopback);
        }
        HttpServer server = bind(loopback, port);
        InetSocketAddress bound = server.getAddress();
        String host = loopback.getHostAddress();
        String url = "http://" + (host.contains(":") ? "[::1]" : host) + ":" + bound.getPort();
        ProcessHandle self = ProcessHandle.current();
        ApiFile entry = new ApiFile(url, Secret.random(), self.pid(), ApiFile.startOf(self));
        Attendance attendance = new Attendance(limits.patience());
        server.createContext("/", door(agent, attendance, limits, bound.getPort(), entry));
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("api-", 0).factory());
        server.setExecutor(threads);
        server.start();
        Thread sweeper = Thread.ofVirtual().name("api-sweeper").start(() -> sweep(attendance));
        Path file = ApiFile.in(stateFolder);
        ApiServer api = new ApiServer(server, threads, sweeper, attendance, file, entry);
        try {
            entry.write(file);
        } catch (IOException e) {
            api.close();
            throw new ApiStartException(
                    "cannot write " + file + ": " + e.getMessage() + "; is the state folder writable and not full?", e);
        }
        return api;
    }

    private static Door door(LocalAgent agent, Attendance attendance, DoorLimits limits, int port, ApiFile entry) {
        Sessions sessions = new Sessions();
        DoorRules rules = new DoorRules(port, entry.token(), cookie -> sessions.isSession(cookie, System.nanoTime()));
        Routes routes = new Routes(
                agent,
                new JobRoutes(agent.jobs(), attendance, limits),
                new CacheRoutes(agent.cache()),
                new DashboardRoutes(agent, sessions, entry.url()));
        return new Door(rules, routes);
    }

    private static HttpServer bind(InetAddress loopback, int port) {
        SERVER_LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        try {
            return HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        } catch (IOException e) {
            throw new ApiStartException(
                    "the local API cannot listen on " + loopback.getHostAddress() + " port " + port + ": "
                            + e.getMessage() + "; stop the program that holds the port, or choose another",
                    e);
        }
    }

    private static void sweep(Attendance attendance) {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                attendance.abandoned(System.nanoTime()).forEach(ApiServer::close);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "local API: no more sweeping");
        }
    }

    private static void close(Job job) {
        try {
            job.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "local API: cannot close the job " + job.id(), e);
        }
    }

    /** Where clients reach it: {@code http://127.0.0.1:PORT}. */
    public String url() {
        return entry.url();
    }

    /** Takes {@code api.json} away, ends all requests, within about a second, and closes the jobs that clients started. */
    @Override
    public void close() {
        entry.removeFrom(file);
        sweeper.interrupt();
        threads.shutdownNow();
        server.stop(CLOSE_SECONDS);
        attendance.all().forEach(ApiServer::close);
    }
}
