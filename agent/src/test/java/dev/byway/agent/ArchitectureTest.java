package dev.byway.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages point one way, and the agent stays small. */
@AnalyzeClasses(packages = "dev.byway.agent", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.byway.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnWhatPutsThePartsTogether = noClasses()
            .that()
            .resideInAPackage("dev.byway.agent.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.byway.agent");

    @ArchTest
    static final ArchRule theServiceAndTheCommandsAreNotUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.byway.coordinator..", "dev.byway.cli..", "dev.byway.sim..");

    @ArchTest
    static final ArchRule noWebFrameworkAndNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.helidon..", "org.sqlite..", "java.sql..");

    @ArchTest
    static final ArchRule theLocalDoorDoesNotKnowHowDownloadsWork = noClasses()
            .that()
            .resideInAPackage("dev.byway.agent.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.byway.agent.download..",
                    "dev.byway.agent.peering..",
                    "dev.byway.agent.link..",
                    "dev.byway.agent.store..");
}
