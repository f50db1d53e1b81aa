package dev.byway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages point one way. */
@AnalyzeClasses(packages = "dev.byway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.byway.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commandsDoNotKnowTheirList = noClasses()
            .that()
            .resideInAPackage("dev.byway.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.byway.cli");

    @ArchTest
    static final ArchRule nothingDependsOnTheCommands = noClasses()
            .that()
            .resideOutsideOfPackage("dev.byway.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.byway.cli..");
}
