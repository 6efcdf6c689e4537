package dev.devinsessions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.http.HttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which part of the code may know which. What signatures of the public package name, {@code
 * PublicApiTest} checks.
 */
class LayersTest {
  private static final String PUBLIC = "dev.devinsessions";
  private static final String INTERNAL = "dev.devinsessions.internal";
  private static final String GENERATED = "dev.devinsessions.generated..";
  private static final String GENERATED_V1 = "dev.devinsessions.generated.v1";
  private static final String GENERATED_V2 = "dev.devinsessions.generated.v2";
  private static final String HTTP = "java.net.http..";

  private static JavaClasses code;

  @BeforeAll
  static void readTheClasses() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PUBLIC);
    for (String layer : new String[] {PUBLIC, INTERNAL, GENERATED_V1, GENERATED_V2}) {
      assertTrue(code.containPackage(layer), layer);
    }
  }

  @Test
  void theGeneratedCodeKnowsNeitherTheWrapperNorTheOtherApi() {
    noClasses()
        .that()
        .resideInAPackage(GENERATED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PUBLIC, INTERNAL)
        .check(code);
    noClasses()
        .that()
        .resideInAPackage(GENERATED_V1)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GENERATED_V2)
        .check(code);
    noClasses()
        .that()
        .resideInAPackage(GENERATED_V2)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GENERATED_V1)
        .check(code);
  }

  @Test
  void thePublicPackageKnowsNothingGenerated() {
    noClasses()
        .that()
        .resideInAPackage(PUBLIC)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GENERATED)
        .check(code);
  }

  @Test
  void thePublicPackageKnowsNoMoreOfHttpThanTheClientGivenToTheBuilder() {
    noClasses()
        .that(resideInAPackage(PUBLIC).and(not(equivalentTo(SessionLookupBuilder.class))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HTTP)
        .check(code);
    noClasses()
        .that(equivalentTo(SessionLookupBuilder.class))
        .should()
        .dependOnClassesThat(resideInAPackage(HTTP).and(not(belongToAnyOf(HttpClient.class))))
        .check(code);
  }

  @Test
  void thePublicPackageKnowsNoMoreOfJacksonThanItsAnnotations() {
    noClasses()
        .that()
        .resideInAPackage(PUBLIC)
        .should()
        .dependOnClassesThat(
            resideInAPackage("com.fasterxml.jackson..")
                .and(not(resideInAPackage("com.fasterxml.jackson.annotation"))))
        .check(code);
  }

  @Test
  void oneMappingKnowsOneApi() {
    noClasses()
        .that()
        .haveSimpleNameStartingWith("V1Mapping")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GENERATED_V2)
        .check(code);
    noClasses()
        .that()
        .haveSimpleNameStartingWith("V2EnterpriseMapping")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GENERATED_V1)
        .check(code);
  }

  @Test
  void onlyMappingsAndSourcesKnowGeneratedCode() {
    classes()
        .that(not(resideInAPackage(GENERATED)))
        .and()
        .haveSimpleNameNotContaining("Mapping")
        .and()
        .doNotHaveSimpleName("SessionSource")
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(GENERATED)))
        .check(code);
  }

  /** Beside the JDK there is Jackson; annotations are gone at run time or do nothing. */
  @Test
  void theWrapperNeedsNothingButTheJdkAndJackson() {
    classes()
        .that()
        .resideInAnyPackage(PUBLIC, INTERNAL)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "javax.net.ssl..",
                "com.fasterxml.jackson..",
                "com.google.auto.value..",
                "org.jspecify.annotations",
                "org.mapstruct..",
                PUBLIC,
                INTERNAL,
                GENERATED))
        .check(code);
  }

  /** Values and exceptions of the public package apart, on which everything depends. */
  @Test
  void internalClassesHaveAnOrder() {
    slices().assignedFrom(new InternalClass()).should().beFreeOfCycles().check(code);
  }

  /** Each internal class with what is nested in it. */
  private static final class InternalClass implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      if (!type.getPackageName().equals(INTERNAL)) {
        return SliceIdentifier.ignore();
      }
      String outermost = type.getName().replaceAll("\\$.*", "");
      // What MapStruct makes of a mapping is part of it.
      return SliceIdentifier.of(outermost.replaceAll("MappingImpl$", "Mapping"));
    }

    @Override
    public String getDescription() {
      return "internal classes";
    }
  }
}
