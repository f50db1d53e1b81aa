package dev.byway.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * What core may use: no socket, file, thread, clock or random source, so that the same events always have the same effects; and
 * its packages in one order, without a cycle.
 */
@AnalyzeClasses(packages = "dev.byway.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Everything of java.net that is a value and asks nobody. */
    private static final Set<String> NET_VALUES = Set.of(
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.net.UnknownHostException");

    /** Everything of java.io that is about bytes in memory. */
    private static final Set<String> IO_VALUES = Set.of(
            "java.io.ByteArrayInputStream",
            "java.io.ByteArrayOutputStream",
            "java.io.OutputStream",
            "java.io.InputStream",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.io.Serializable",
            "java.io.Closeable");

    /** Methods and fields of otherwise harmless classes that look at the world. */
    private static final Map<String, Set<String>> WORLDLY = Map.ofEntries(
            Map.entry(
                    "java.lang.System",
                    Set.of(
                            "nanoTime",
                            "currentTimeMillis",
                            "getenv",
                            "getProperty",
                            "getProperties",
                            "getLogger",
                            "exit",
                            "out",
                            "err",
                            "in",
                            "lineSeparator",
                            "console",
                            "load",
                            "loadLibrary",
                            "setProperty",
                            "gc")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.util.Locale", Set.of("getDefault")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.Collections", Set.of("shuffle")),
            Map.entry("java.util.random.RandomGenerator", Set.of("of", "getDefault")),
            Map.entry("java.security.KeyPairGenerator", Set.of("initialize")),
            Map.entry("java.net.URI", Set.of("toURL")),
            Map.entry(
                    "java.net.InetAddress",
                    Set.of(
                            "getByName",
                            "getAllByName",
                            "getLocalHost",
                            "isReachable",
                            "getHostName",
                            "getCanonicalHostName")),
            Map.entry("java.net.InetSocketAddress", Set.of("getHostName")));

    @ArchTest
    static final ArchRule NO_SOCKETS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.net..")
                    .and(not(named(NET_VALUES)))
                    .or(resideInAPackage("javax.net.."))
                    .or(resideInAPackage("com.sun.net.."))
                    .or(resideInAPackage("java.nio.channels..")));

    @ArchTest
    static final ArchRule NO_FILES = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("java.io..").and(not(named(IO_VALUES))).or(resideInAPackage("java.nio.file..")));

    @ArchTest
    static final ArchRule NO_THREADS = noClasses()
            .should()
            .dependOnClassesThat(belongToAnyOf(
                            Thread.class,
                            ThreadLocal.class,
                            ScopedValue.class,
                            Runtime.class,
                            Process.class,
                            ProcessBuilder.class,
                            java.util.Timer.class)
                    .or(resideInAPackage("java.util.concurrent..")));

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .dependOnClassesThat(belongToAnyOf(java.time.Clock.class, java.time.InstantSource.class));

    /** Ed25519 hands its secret to the JDK in the shape of a source of randomness; nothing is random there. */
    @ArchTest
    static final ArchRule NO_RANDOM_SOURCE = noClasses()
            .that()
            .haveNameNotMatching("dev\\.byway\\.core\\.content\\.Ed25519(\\$Fixed)?")
            .should()
            .dependOnClassesThat(belongToAnyOf(java.util.Random.class, java.security.SecureRandom.class)
                    .or(named(Set.of("java.util.concurrent.ThreadLocalRandom"))));

    @ArchTest
    static final ArchRule NOTHING_LOOKS_AT_THE_WORLD = noClasses()
            .that()
            .haveNameNotMatching("dev\\.byway\\.core\\.content\\.Ed25519")
            .should()
            .accessTargetWhere(looksAtTheWorld())
            .orShould()
            .callConstructor(java.util.SplittableRandom.class)
            .orShould()
            .callConstructor(java.net.InetSocketAddress.class, String.class, int.class);

    @ArchTest
    static final ArchRule ONLY_JACKSON_BESIDE_THE_JDK = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.byway.core..",
                    "java..",
                    "javax.crypto..",
                    "javax.xml.stream..",
                    "tools.jackson..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.byway.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_IN_ONE_ORDER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("unit")
            .definedBy("dev.byway.core.unit..", "dev.byway.core.json..")
            .layer("content")
            .definedBy("dev.byway.core.content..")
            .layer("rules")
            .definedBy(
                    "dev.byway.core.wire..",
                    "dev.byway.core.policy..",
                    "dev.byway.core.account..",
                    "dev.byway.core.discovery..",
                    "dev.byway.core.store..",
                    "dev.byway.core.fleet..",
                    "dev.byway.core.nat..",
                    "dev.byway.core.ports..",
                    "dev.byway.core.torrent..",
                    "dev.byway.core.learning..",
                    "dev.byway.core.device..")
            .layer("swarm")
            .definedBy("dev.byway.core.swarm..", "dev.byway.core.seeking..")
            .layer("doctor")
            .definedBy("dev.byway.core.doctor..")
            .whereLayer("doctor")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("swarm")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("swarm", "doctor")
            .whereLayer("content")
            .mayOnlyBeAccessedByLayers("rules", "swarm", "doctor")
            .whereLayer("unit")
            .mayOnlyBeAccessedByLayers("content", "rules", "swarm", "doctor");

    /** A new package must be given its place in the order. */
    @ArchTest
    static void everyPackageHasAPlace(JavaClasses core) {
        assertThat(core.stream().map(JavaClass::getPackageName).distinct())
                .allMatch(
                        name -> name.matches(
                                "dev\\.byway\\.core\\.(unit|json|content|wire|policy|account|discovery|fleet|store|ports|torrent|learning|device|nat|swarm|seeking|doctor)(\\..*)?"));
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return DescribedPredicate.describe("are one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> looksAtTheWorld() {
        return DescribedPredicate.describe("the target looks at the world", access -> {
            AccessTarget target = access.getTarget();
            Set<String> worldly = WORLDLY.getOrDefault(target.getOwner().getName(), Set.of());
            return worldly.contains(target.getName());
        });
    }
}
