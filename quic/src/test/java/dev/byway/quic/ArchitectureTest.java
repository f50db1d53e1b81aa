package dev.byway.quic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** QUIC knows how datagrams travel by the seam alone, and that not who uses it. */
@AnalyzeClasses(packages = "dev.byway.quic", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS_GO_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("quic")
            .definedBy("dev.byway.quic")
            .layer("teredo")
            .definedBy("dev.byway.quic.teredo")
            .layer("transport")
            .definedBy("dev.byway.quic.transport")
            .whereLayer("quic")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("teredo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("quic", "teredo");

    @ArchTest
    static final ArchRule THE_SEAM_KNOWS_NO_QUIC = noClasses()
            .that()
            .resideOutsideOfPackage("dev.byway.quic")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.handler.codec.quic..");
}
