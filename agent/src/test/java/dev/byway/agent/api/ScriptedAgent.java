package dev.byway.agent.api;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.job.LocalAgent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import dev.byway.core.doctor.Trial;
import dev.byway.core.doctor.TunnelFacts;
import dev.byway.core.doctor.TunnelSeen;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.Shortage;
import dev.byway.core.fleet.Site;
import dev.byway.core.fleet.Validity;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An agent that does what the test says. */
final class ScriptedAgent implements LocalAgent, Jobs, CacheControl {
    static final Examination EXAMINATION = new Examination(
            "0.1.0",
            Map.of("DODownloadMode", "1"),
            7680,
            "",
            List.of(new Reason("lan", ReasonCode.ON_VPN, Optional.of("DOAllowVPNPeerCaching"), "on a VPN")),
            List.of(),
            List.of(new Examination.Neighbour(
                    "00ff",
                    "192.0.2.1:7680",
                    true,
                    false,
                    true,
                    new Trial(ProbeOutcome.HANDSHAKE, "shook hands"),
                    Trial.not("nobody asked"),
                    Hearing.NOT_HEARD)),
            Optional.of(new Examination.Fleet(
                    "https://byway.example:443",
                    Optional.of(new Nearby(
                            InetAddress.getLoopbackAddress(),
                            new Site("127.0.0.1/32"),
                            List.of(),
                            List.of(new Shortage(Shortage.Reason.OTHER_GROUP, 2)),
                            List.of(),
                            OptionalInt.of(3))),
                    false,
                    "",
                    new Trial(ProbeOutcome.TIMEOUT, "no answer"),
                    new Validity(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)))),
            new TunnelSeen.Seen(new TunnelFacts(
                    "203.0.113.10",
                    true,
                    9,
                    8,
                    new TunnelFacts.Burst(20, 19),
                    Optional.of(Duration.ofMillis(12)),
                    Optional.empty(),
                    "198.51.100.7:40000",
                    Optional.of("seen elsewhere"),
                    new NatBehaviour(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ADDRESS_DEPENDENT, NatHairpin.NO),
                    List.of(new TunnelFacts.Meeting("00ff", NatBehaviour.UNKNOWN, true)))),
            "/var/cache/byway");

    static final ContentId HELD = new ContentId(Digest.sha256(new byte[] {1}), 1000);
    static final ContentId BUSY = new ContentId(Digest.sha256(new byte[] {2}), 2000);

    final List<JobRequest> requests = new CopyOnWriteArrayList<>();
    final List<String> orders = new CopyOnWriteArrayList<>();
    final CountDownLatch stopped = new CountDownLatch(1);

    private final Map<String, ScriptedJob> jobs = new ConcurrentHashMap<>();
    private final List<ScriptedJob> waiting = new ArrayList<>();

    /** The next request gets a job for this file. */
    synchronized ScriptedJob next(byte[] file) {
        ScriptedJob job = new ScriptedJob(Secret.random().reveal(), file);
        waiting.add(job);
        return job;
    }

    @Override
    public synchronized Job start(JobRequest request) {
        requests.add(request);
        if (waiting.isEmpty()) {
            throw new JobRefusedException("no more jobs today; come back tomorrow");
        }
        ScriptedJob job = waiting.removeFirst();
        jobs.put(job.id(), job);
        return job;
    }

    @Override
    public Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.closed.getCount() > 0)
                .map(job -> job);
    }

    @Override
    public List<JobStatus> recent() {
        return jobs.values().stream().map(ScriptedJob::status).toList();
    }

    @Override
    public Jobs jobs() {
        return this;
    }

    @Override
    public CacheControl cache() {
        return this;
    }

    @Override
    public Examination examine(Question question) {
        orders.add("examine " + question);
        return EXAMINATION;
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus(
                "0.1.0",
                "device",
                Map.of("peer.port", "7777"),
                Instant.EPOCH,
                new AgentStatus.PeerPort(0, "port 7680 is taken by <another> program"),
                List.of(new AgentStatus.Content(HELD, "<script>alert(1)</script>", 1, 2, true, Instant.EPOCH)),
                SourceBytes.NONE,
                5,
                new AgentStatus.MonthlyUpload(YearMonth.of(2026, 11), 4, OptionalLong.of(3), true),
                6,
                List.of(new AgentStatus.LinkStatus("peer", "192.0.2.1:7680", true, "lan", "byway/1", 7, 8)),
                9,
                Optional.of("connected"),
                "on",
                "off");
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public Outcome pin(ContentId id, boolean pinned) {
        orders.add((pinned ? "pin " : "unpin ") + id);
        return outcome(id);
    }

    @Override
    public Outcome remove(ContentId id) {
        orders.add("remove " + id);
        return outcome(id);
    }

    private static Outcome outcome(ContentId id) {
        return id.equals(HELD) ? Outcome.DONE : id.equals(BUSY) ? Outcome.IN_USE : Outcome.NOT_HELD;
    }

    @Override
    public int verify(ContentId id) {
        orders.add("verify " + id);
        return id.equals(HELD) ? 3 : -1;
    }
}
