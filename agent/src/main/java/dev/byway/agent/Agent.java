package dev.byway.agent;

import dev.byway.agent.device.DeviceWatch;
import dev.byway.agent.device.UploadMeter;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.download.Downloads;
import dev.byway.agent.download.Publications;
import dev.byway.agent.download.Totals;
import dev.byway.agent.examination.Examiner;
import dev.byway.agent.fleet.CoordinatorState;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.CacheControl;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.job.LocalAgent;
import dev.byway.agent.meeting.FleetPublications;
import dev.byway.agent.meeting.FleetPublishers;
import dev.byway.agent.meeting.FleetUpkeep;
import dev.byway.agent.peering.PeerLink;
import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoreOptions;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.ContentPeers;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.MonthlyUpload;
import dev.byway.core.policy.Provenance;
import dev.byway.core.policy.SettingValue;
import dev.byway.core.policy.Settings;
import dev.byway.core.store.CacheSize;
import dev.byway.core.swarm.Tuning;
import dev.byway.core.unit.DataSize;
import dev.byway.origin.OriginClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One device's agent: puts the parts together, starts and stops them. Decides nothing itself.
 *
 * <p>Threads: the device loop ({@link Peering}), one loop per download, a reader and a writer per link, one thread of
 * discovery, the store's flusher. All but discovery's are virtual.
 */
public final class Agent implements LocalAgent, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());
    private static final Duration EVICTION = Duration.ofMinutes(1);
    private static final Duration READERS = Duration.ofSeconds(10);
    private static final Duration SPOOL_AGE = Duration.ofDays(1);

    private final AgentConfig config;
    private final EffectiveSettings settings;
    private final DeviceKey key;
    private final ContentStore store;
    private final OriginClient origins;
    private final Neighbourhood neighbourhood;
    private final Peering peering;
    private final Totals totals = new Totals();
    private final Downloads downloads;
    private final UploadMeter meter;
    private final DeviceWatch device;
    private final Gatekeeper gates;
    private final List<PublisherKey> publishers;
    private final Instant startedAt = Instant.now();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Optional<FleetPublishers> fleetPublishers;
    private final Optional<FleetClient> coordinator;
    private final Optional<FleetUpkeep> upkeep;
    private final Optional<FleetCertificate> certificate;

    private Agent(AgentConfig config, ContentStore store) {
        this.config = config;
        this.settings = config.settings();
        this.store = store;
        this.publishers = TrustedPublishers.read(settings.get(Settings.TRUSTED_PUBLISHERS));
        this.key = DeviceKey.open(config.state(), Instant.now());
        this.meter = new UploadMeter(
                config.state(),
                settings.get(Settings.MONTHLY_UPLOAD_CAP),
                InstantSource.system(),
                ZoneId::systemDefault);
        this.device =
                new DeviceWatch(config.machine(), cacheFolder(config), settings.get(Settings.VPN_KEYWORDS), meter);
        this.gates = new Gatekeeper(settings, device, meter);
        this.origins = OriginSetup.client(config);
        Optional<JoinedFleet> fleet = JoinedFleet.load(config.state());
        this.fleetPublishers = fleet.map(f -> new FleetPublishers(f, config.state()));
        this.certificate = FleetCertificate.load(config.state(), key);
        boolean mayAsk = settings.get(Settings.DOWNLOAD_MODE).allowsCoordinator();
        this.coordinator = fleet.filter(_ -> mayAsk)
                .flatMap(f -> certificate.map(c -> new FleetClient(
                        f.address(settings.get(Settings.PEER_ADDRESS)), new Credential.Device(c.keyManager()))));
        PeerTls tls = PeerTls.of(key, certificate, settings.get(Settings.PEER_ANONYMOUS), InstantSource.system());
        this.neighbourhood = new Neighbourhood(config, key.id(), tls, store, gates);
        this.peering = neighbourhood.peering();
        this.downloads = Downloads.of(
                key.id(),
                store,
                origins,
                peering,
                coordinator
                        .<Publications>flatMap(
                                client -> fleetPublishers.map(list -> new FleetPublications(client, list)))
                        .orElse(Publications.NONE),
                this::trustedKeys,
                settings.get(Settings.URL_RULES),
                content -> gates.refusals(Direction.DOWNLOAD, content),
                Tuning.DEFAULT.leavingAlone(
                        settings.get(Settings.MIN_BACKGROUND_RATE).bytesPerSecond()),
                totals,
                neighbourhood::changed);
        this.upkeep = coordinator.flatMap(client -> fleetPublishers.flatMap(list -> certificate.map(
                shown -> FleetUpkeep.start(client, list, shown, config.state(), InstantSource.system()))));
        neighbourhood.start(coordinator, this::announced, this::answered);
        device.start(peering::reconsider);
        if (!store.list().isEmpty()) {
            peering.want();
        }
        Thread.ofVirtual().name("byway-eviction").start(this::evict);
    }

    /**
     * Starts an agent.
     *
     * @throws dev.byway.agent.store.StoreException of kind FOLDER_IN_USE when another agent has the state folder; of another
     *     kind when the disk fails
     */
    public static Agent start(AgentConfig config) {
        ContentStore store = ContentStore.open(cacheFolder(config), StoreOptions.standard());
        try {
            return new Agent(config, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * For a device whose cache cannot be used: what still can be done, without a state folder and without peers.
     *
     * @throws dev.byway.origin.OriginSettingException when a setting cannot be used
     * @throws dev.byway.core.content.KeyFormatException likewise
     */
    public static DirectDownloads withoutCache(AgentConfig config) {
        List<PublisherKey> publishers = TrustedPublishers.read(config.settings().get(Settings.TRUSTED_PUBLISHERS));
        return new DirectDownloads(OriginSetup.client(config), new TrustedKeys(List.of(), publishers));
    }

    /** Keeps the cache within its age and size until the agent stops. */
    private void evict() {
        CacheSize size = cacheSize(settings);
        String told = "";
        try {
            do {
                told = tidy(size, told);
            } while (!stopped.await(EVICTION.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once; what is wrong with the disk is logged when it is not what was logged last. */
    private String tidy(CacheSize size, String told) {
        try {
            if (!store.evict(store.limits(settings.get(Settings.MAX_CACHE_AGE), size), peering::callBack)
                    .isEmpty()) {
                neighbourhood.changed();
            }
            store.spools().sweep(SPOOL_AGE);
            return "";
        } catch (StoreException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(told)) {
                LOG.log(System.Logger.Level.WARNING, "the cache cannot be tidied: " + trouble);
            }
            return trouble;
        }
    }

    /** DOAbsoluteMaxCacheSize where it is set, 0 being no limit; else DOMaxCacheSize. */
    static CacheSize cacheSize(EffectiveSettings settings) {
        return settings.get(Settings.ABSOLUTE_MAX_CACHE_SIZE)
                .<CacheSize>map(
                        most -> most.bytes() == 0 ? new CacheSize.Unlimited() : new CacheSize.Bytes(most.bytes()))
                .orElseGet(() -> new CacheSize.Share(settings.get(Settings.MAX_CACHE_SIZE)));
    }

    private static Path cacheFolder(AgentConfig config) {
        return config.settings()
                .get(Settings.CACHE_DIR)
                .map(Path::of)
                .orElseGet(() -> config.state().resolve("cache"));
    }

    // ---- what the coordinator is told, and says ----

    private List<Announced> announced() {
        Set<ContentId> wanted = downloads.wanted();
        return store.list().stream()
                .filter(entry -> gates.sharing(ContentFacts.ofLength(entry.id().length()))
                        .isEmpty())
                .limit(FleetLimits.CONTENTS)
                .map(entry -> {
                    boolean complete = entry.heldPieces() == entry.layout().pieceCount();
                    return new Announced(
                            entry.id(), entry.heldPieces(), complete, !complete && wanted.contains(entry.id()));
                })
                .toList();
    }

    private void answered(ContentPeers peers) {
        if (peers.peers().isEmpty()) {
            downloads.explain(peers.content(), Reason.of("coordinator", ReasonCode.NO_PEER_FOUND, peers.whyNobody()));
        }
    }

    // ---- what downloads ask ----

    private TrustedKeys trustedKeys() {
        return new TrustedKeys(fleetPublishers.map(FleetPublishers::keys).orElse(List.of()), publishers);
    }

    // ---- the local door ----

    @Override
    public Jobs jobs() {
        return downloads;
    }

    private StoreControl control() {
        return new StoreControl(store, peering::callBack, neighbourhood::changed);
    }

    @Override
    public CacheControl cache() {
        return control();
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus(
                config.version(),
                key.id().toString(),
                given(),
                startedAt,
                neighbourhood.peerPort(),
                control().contents(),
                totals.verified(),
                peering.uploaded(),
                monthly(),
                totals.wasted(),
                peering.links().stream().map(PeerLink::status).toList(),
                Machine.residentBytes(),
                coordinator.map(client -> text(client.state())),
                neighbourhood.discoveryText(),
                neighbourhood.tunnelText());
    }

    private AgentStatus.MonthlyUpload monthly() {
        MonthlyUpload given = meter.given();
        return new AgentStatus.MonthlyUpload(given.month(), given.bytes(), capBytes(), given.assumed());
    }

    private OptionalLong capBytes() {
        return meter.cap().stream().mapToLong(DataSize::bytes).findFirst();
    }

    @Override
    public Examination examine(Question question) {
        Optional<Examiner.Findings> found =
                neighbourhood.examine(coordinator, certificate.map(FleetCertificate::validity), question);
        return new Examination(
                config.version(),
                given(),
                neighbourhood.peerPort().port(),
                neighbourhood.peerPort().note(),
                gates.refusals(Direction.DOWNLOAD, ContentFacts.UNKNOWN),
                gates.uploadRefusals(),
                found.map(Examiner.Findings::neighbours).orElse(List.of()),
                found.flatMap(Examiner.Findings::fleet),
                neighbourhood.tunnel(),
                cacheFolder(config).toString());
    }

    /** The settings that it was given, but for secrets. */
    private Map<String, String> given() {
        return settings.all().stream()
                .filter(value -> !(value.from() instanceof Provenance.Default)
                        && !value.setting().isSecret())
                .collect(Collectors.toMap(value -> value.setting().name(), SettingValue::text));
    }

    private static String text(CoordinatorState state) {
        return switch (state) {
            case CoordinatorState.NotTried ignored -> "not asked yet";
            case CoordinatorState.Reachable reachable -> "reachable since " + second(reachable.since());
            case CoordinatorState.Unreachable unreachable ->
                "not reachable since " + second(unreachable.since()) + ": " + unreachable.why();
        };
    }

    private static Instant second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    /** Waits until somebody calls {@link #stop()}. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Waits until nobody reads any more what was fetched for several, 10 s at the most. */
    public void awaitReaders() {
        try {
            downloads.awaitReaders(READERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops everything; what is verified is made durable. */
    @Override
    public void close() {
        stopped.countDown();
        upkeep.ifPresent(FleetUpkeep::close);
        device.close();
        neighbourhood.close();
        downloads.close();
        peering.close();
        meter.close();
        origins.close();
        coordinator.ifPresent(FleetClient::close);
        store.close();
    }
}
