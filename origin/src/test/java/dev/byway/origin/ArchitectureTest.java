package dev.byway.origin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The HTTP client knows the rules and the JDK, and nobody who uses it. */
@AnalyzeClasses(packages = "dev.byway.origin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NOBODY_WHO_USES_IT = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.byway.origin..",
                    "dev.byway.core..",
                    "java..",
                    "javax.net..",
                    "javax.security..",
                    "org.jspecify..");
}
