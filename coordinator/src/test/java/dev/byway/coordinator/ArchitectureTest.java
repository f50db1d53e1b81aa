package dev.byway.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.byway.coordinator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.byway.coordinator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheProgramThatRunsIt = noClasses()
            .that()
            .resideInAPackage("dev.byway.coordinator.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.byway.coordinator");

    @ArchTest
    static final ArchRule theAgentAndTheCommandsAreNotUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.byway.agent..", "dev.byway.cli..", "dev.byway.sim..");

    @ArchTest
    static final ArchRule onlyTheDoorKnowsTheWebServer = noClasses()
            .that()
            .resideOutsideOfPackages("dev.byway.coordinator", "dev.byway.coordinator.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon..");

    @ArchTest
    static final ArchRule onlyTheAuthorityMakesCertificates = noClasses()
            .that()
            .resideOutsideOfPackage("dev.byway.coordinator.authority")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");
}
